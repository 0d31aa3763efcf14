-- One settlement's head, with the root over its lines.
SELECT t.id, t.event_id, e.name AS event, t.through, t.lines, t.settled_by, t.settled_at, r.root
FROM settlement t
JOIN event e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
LEFT JOIN settlement_root r ON r.organizer_id = t.organizer_id AND r.event_id = t.event_id AND r.settlement_id = t.id
WHERE t.organizer_id = $1 AND t.id = $2
