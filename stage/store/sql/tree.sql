-- Lines of a play in order of record, with what their takes say..
SELECT m.rid, m.id, p.id AS parent, m.kind, m.speaker, m.text, m.heard_by, m.status,
  m.cut_reason, m.layer,  v.hash AS persona_version, t.model_name, t.number, e.count
FROM message m
LEFT JOIN message p ON p.rid = m.parent
LEFT JOIN persona_version v ON v.rid = m.persona_version
LEFT JOIN take t ON t.rid = m.take
LEFT JOIN take_end e ON e.take = m.take
WHERE %s
ORDER BY m.rid
