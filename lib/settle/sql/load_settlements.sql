-- $2 an event or null: newest first.
SELECT t.id, t.event_id, e.name AS event, t.through, t.lines, t.settled_by, t.settled_at
FROM settlement t
JOIN event e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
WHERE t.organizer_id = $1 AND ($2::uuid IS NULL OR t.event_id = $2)
ORDER BY t.settled_at DESC, t.id DESC
