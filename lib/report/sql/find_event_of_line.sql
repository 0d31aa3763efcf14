-- $1 organizer, $2 line: the event it belongs to.
SELECT l.event_id
FROM event e -- event by event: the event comes before the line in the only index
CROSS JOIN LATERAL (SELECT event_id FROM sale_line WHERE organizer_id = $1 AND event_id = e.id AND id = $2 LIMIT 1) l
WHERE e.organizer_id = $1
