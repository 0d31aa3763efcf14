-- An event that never sold.
DELETE FROM event WHERE organizer_id = $1 AND id = $2
