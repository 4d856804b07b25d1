-- A line of a play and those it stands under, up to the root.
WITH RECURSIVE up(id, parent) AS (
  SELECT m.id, coalesce(c.parent, m.parent) FROM message m
    LEFT JOIN place c ON c.play = :play AND c.line = m.rid
    WHERE m.id = :line AND m.play = :play
  UNION
  SELECT m.id, coalesce(c.parent, m.parent) FROM up JOIN message m ON m.rid = up.parent
    LEFT JOIN place c ON c.play = :play AND c.line = m.rid
)
SELECT id FROM up
