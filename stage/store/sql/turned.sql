-- Pairs of parent and child, given as JSON, in order: their rids in a play, the rid of the line
-- that the child stands under, and the id of the child shown there now.
SELECT a.rid, b.rid, coalesce(c.parent, b.parent), s.id
FROM json_each(:turned) j
LEFT JOIN message a ON a.id = j.value ->> 0 AND a.play = :play
LEFT JOIN message b ON b.id = j.value ->> 1 AND b.play = :play
LEFT JOIN place c ON c.play = :play AND c.line = b.rid
LEFT JOIN selection n ON n.play = :play AND n.parent = a.rid
LEFT JOIN message s ON s.rid = n.child
ORDER BY j.key
