-- For suggestions.
SELECT name FROM event WHERE organizer_id = $1 ORDER BY name LIMIT 1000
