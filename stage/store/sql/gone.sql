-- Lines of a play in its bin: deleted themselves, or standing under one that was.
-- :top narrows it to one deleted line and what stands under it.
WITH RECURSIVE gone(line) AS (
  SELECT message FROM label
    WHERE play = :play AND kind = 'hidden' AND (:top IS NULL OR message = :top)
  UNION
  SELECT m.rid FROM gone g JOIN message m ON m.parent = g.line
    WHERE m.play = :play
    AND NOT EXISTS (SELECT 1 FROM place c WHERE c.play = m.play AND c.line = m.rid)
  UNION
  SELECT c.line FROM gone g JOIN place c ON c.play = :play AND c.parent = g.line
)
SELECT line FROM gone
