-- The roots of event $2's settlements, in their order.
SELECT r.settlement_id, r.root
FROM settlement_root r
JOIN settlement t ON t.organizer_id = r.organizer_id AND t.event_id = r.event_id AND t.id = r.settlement_id
WHERE r.organizer_id = $1 AND r.event_id = $2
ORDER BY t.settled_at, t.id
