-- Every settlement has a root, and it is the one of its lines.
SELECT t.id
FROM settlement t
LEFT JOIN settlement_root r ON r.organizer_id = t.organizer_id AND r.event_id = t.event_id AND r.settlement_id = t.id
WHERE r.root IS NULL OR r.root <> passa_settlement_root(t.organizer_id, t.event_id, t.id, r.seed)
