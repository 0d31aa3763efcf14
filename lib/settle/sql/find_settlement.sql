-- One settlement's head.
SELECT t.id, t.event_id, e.name AS event, t.through, t.lines, t.settled_by, t.settled_at
FROM settlement t
JOIN event e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
WHERE t.organizer_id = $1 AND t.id = $2
