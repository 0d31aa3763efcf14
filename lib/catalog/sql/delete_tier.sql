-- A tier that nothing refers to.
DELETE FROM tier WHERE organizer_id = $1 AND event_id = $2 AND id = $3
