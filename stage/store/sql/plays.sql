-- Plays, the one changed last first.
SELECT p.id, p.title, p.made, coalesce(e.time, p.made) AS changed, t.id AS tip,
  (SELECT count(*) FROM message m WHERE m.play = p.rid AND m.rid <> p.root)
    - (SELECT count(*) FROM label l WHERE l.play = p.rid AND l.kind = 'hidden') AS lines
FROM play p
LEFT JOIN message t ON t.rid = p.tip
LEFT JOIN event e ON e.seq = (SELECT max(seq) FROM event WHERE play = p.rid)
ORDER BY e.seq DESC, p.rid DESC
