-- Lines in the bin of any play: deleted themselves, or standing under one that was.
WITH RECURSIVE gone(play, line) AS (
  SELECT l.play, l.message FROM play p JOIN label l ON l.play = p.rid AND l.kind = 'hidden'
  UNION
  SELECT m.play, m.rid FROM gone g JOIN message m ON m.parent = g.line AND m.play = g.play
    WHERE NOT EXISTS (SELECT 1 FROM place c WHERE c.play = m.play AND c.line = m.rid)
  UNION
  SELECT c.play, c.line FROM gone g JOIN place c ON c.play = g.play AND c.parent = g.line
)
SELECT line FROM gone
