-- Plays, or :some of them (ids), the one changed last first. Deleted lines, and all that stand under them, do not count.
WITH RECURSIVE gone(play, line) AS (
  SELECT l.play, l.message FROM play p JOIN label l ON l.play = p.rid AND l.kind = 'hidden'
  UNION
  SELECT m.play, m.rid FROM gone g JOIN message m ON m.parent = g.line AND m.play = g.play
    WHERE NOT EXISTS (SELECT 1 FROM place c WHERE c.play = m.play AND c.line = m.rid)
  UNION
  SELECT c.play, c.line FROM gone g JOIN place c ON c.play = g.play AND c.parent = g.line
), lost(play, lines, deleted) AS MATERIALIZED (
  SELECT g.play, count(*), sum(m.status <> 'purged') FROM gone g JOIN message m ON m.rid = g.line
  GROUP BY g.play
)
SELECT p.id, p.title, p.made, coalesce(e.time, p.made) AS changed, t.id AS tip,
  (SELECT count(*) FROM message m WHERE m.play = p.rid) - (p.root IS NOT NULL)
    - coalesce(lost.lines, 0) AS lines,
  coalesce(lost.deleted, 0) AS deleted,
  EXISTS (SELECT 1 FROM label l WHERE l.play = p.rid AND l.kind = 'archive'
    AND l.message = p.root) AS archived,
  EXISTS (SELECT 1 FROM label l WHERE l.play = p.rid AND l.kind = 'discarded') AS discarded
FROM play p
LEFT JOIN lost ON lost.play = p.rid
LEFT JOIN message t ON t.rid = p.tip
LEFT JOIN event e ON e.seq = (SELECT max(seq) FROM event WHERE play = p.rid)
WHERE :some IS NULL OR p.id IN (SELECT value FROM json_each(:some))
ORDER BY e.seq DESC, p.rid DESC
