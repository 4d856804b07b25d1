-- Lines that a tag of one of some names, given as JSON, reaches: the line it was put on, and by its
-- scope all that stands under that, or the path down to it.
WITH RECURSIVE tag(play, line, scope) AS MATERIALIZED (
  SELECT p.rid, l.message, l.value ->> '$.scope' FROM play p
    CROSS JOIN label l ON l.play = p.rid AND l.kind = 'tag' AND l.message <> p.root
    WHERE l.name IN (SELECT value FROM json_each(?))
), down(play, line) AS (
  SELECT play, line FROM tag WHERE scope = 'subtree'
  UNION
  SELECT m.play, m.rid FROM down d JOIN message m ON m.parent = d.line AND m.play = d.play
    WHERE NOT EXISTS (SELECT 1 FROM place c WHERE c.play = m.play AND c.line = m.rid)
  UNION
  SELECT c.play, c.line FROM down d JOIN place c ON c.play = d.play AND c.parent = d.line
), up(play, line) AS (
  SELECT play, line FROM tag WHERE scope = 'path'
  UNION
  SELECT u.play, coalesce(c.parent, m.parent) FROM up u JOIN message m ON m.rid = u.line
    LEFT JOIN place c ON c.play = u.play AND c.line = u.line
    WHERE coalesce(c.parent, m.parent) IS NOT NULL
)
SELECT line FROM tag UNION SELECT line FROM down UNION SELECT line FROM up
