-- What stands right under lines of a play, given as JSON: parent, child, position, hidden.
WITH parent AS MATERIALIZED (
  SELECT m.rid, m.id FROM json_each(:ids) j CROSS JOIN message m ON m.id = j.value
    WHERE m.play = :play
), child AS (
  SELECT p.id AS parent, m.id, NULL AS position, m.rid FROM parent p
    CROSS JOIN message m ON m.parent = p.rid
    WHERE m.play = :play
    AND NOT EXISTS (SELECT 1 FROM place c WHERE c.play = :play AND c.line = m.rid)
  UNION ALL
  SELECT p.id, m.id, c.position, m.rid FROM parent p
    CROSS JOIN place c ON c.play = :play AND c.parent = p.rid JOIN message m ON m.rid = c.line
)
SELECT parent, id, position, EXISTS (
  SELECT 1 FROM label l WHERE l.message = child.rid AND l.play = :play AND l.kind = 'hidden'
) FROM child
