-- A line of a play and, child by child, those last visited under it: the child that was turned
-- to, else the first visible one, placed children before the others.
WITH RECURSIVE down(rid) AS (
  SELECT rid FROM message WHERE id = :line AND play = :play
  UNION
  SELECT coalesce(
    (SELECT s.child FROM selection s JOIN message m ON m.rid = s.child
      LEFT JOIN place c ON c.play = :play AND c.line = m.rid
      WHERE s.play = :play AND s.parent = down.rid AND coalesce(c.parent, m.parent) = down.rid
      AND NOT EXISTS (SELECT 1 FROM label l
        WHERE l.message = m.rid AND l.play = :play AND l.kind = 'hidden')),
    (SELECT c.line FROM place c JOIN message m ON m.rid = c.line
      WHERE c.play = :play AND c.parent = down.rid
      AND NOT EXISTS (SELECT 1 FROM label l
        WHERE l.message = m.rid AND l.play = :play AND l.kind = 'hidden')
      ORDER BY c.position, m.id LIMIT 1),
    (SELECT m.rid FROM message m WHERE m.parent = down.rid AND m.play = :play
      AND NOT EXISTS (SELECT 1 FROM place c WHERE c.play = :play AND c.line = m.rid)
      AND NOT EXISTS (SELECT 1 FROM label l
        WHERE l.message = m.rid AND l.play = :play AND l.kind = 'hidden')
      ORDER BY m.id LIMIT 1)
  ) FROM down WHERE down.rid IS NOT NULL
)
SELECT m.id FROM down CROSS JOIN message m ON m.rid = down.rid
