-- Lines of a play without their texts, in order of record, some at a time.
SELECT m.rid, m.id, coalesce(q.id, p.id) AS parent, c.position, m.speaker,
  m.status, length(m.text) AS length, t.model_name, e.logprobs, e.lengths,
  length(CAST(rtrim(
    substr(m.raw_text, 1, coalesce(m.cut_at, 2147483647)), char(32, 9, 10, 13)
  ) AS BLOB)) AS cut
FROM message m
LEFT JOIN message p ON p.rid = m.parent
LEFT JOIN place c ON c.play = :play AND c.line = m.rid
LEFT JOIN message q ON q.rid = c.parent
LEFT JOIN take t ON t.rid = m.take
LEFT JOIN take_end e ON e.take = m.take
WHERE m.play = :play AND m.rid > :after
ORDER BY m.rid
LIMIT :most
