-- A tier by name.
SELECT id FROM tier WHERE organizer_id = $1 AND event_id = $2 AND name = $3
