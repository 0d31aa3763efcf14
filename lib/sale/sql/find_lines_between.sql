-- Whether the event has lines between two ids.
SELECT 1 AS there FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $3 AND $4 LIMIT 1
