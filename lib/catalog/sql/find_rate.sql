-- Any version of a named rate.
SELECT 1 AS known FROM exchange_rate WHERE organizer_id = $1 AND name = $2 LIMIT 1
