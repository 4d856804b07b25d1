-- A line of a play and all that stands under it.
WITH RECURSIVE down(rid) AS (
  SELECT rid FROM message WHERE id = :line AND play = :play
  UNION
  SELECT m.rid FROM down d JOIN message m ON m.parent = d.rid
    WHERE m.play = :play
    AND NOT EXISTS (SELECT 1 FROM place c WHERE c.play = :play AND c.line = m.rid)
  UNION
  SELECT c.line FROM down d JOIN place c ON c.play = :play AND c.parent = d.rid
)
SELECT m.id FROM down CROSS JOIN message m ON m.rid = down.rid
