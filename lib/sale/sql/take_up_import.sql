-- An import that was interrupted goes on.
UPDATE sale_import SET attempts = attempts + 1 WHERE organizer_id = $1 AND event_id = $2 AND id = $3 AND state = 'running'
RETURNING attempts
