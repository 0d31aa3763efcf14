-- $1 organizer, $2 event: oldest first, with times at the event.
SELECT t.id, t.lines, t.settled_by, to_char(t.through AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS through,
       to_char(t.settled_at AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS settled
FROM settlement t
JOIN event e ON e.organizer_id = t.organizer_id AND e.id = t.event_id
WHERE t.organizer_id = $1 AND t.event_id = $2
ORDER BY t.settled_at, t.id
