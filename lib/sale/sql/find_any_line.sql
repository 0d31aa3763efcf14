-- Whether the event has sales at all.
SELECT 1 AS there FROM sale_line WHERE organizer_id = $1 AND event_id = $2 LIMIT 1
