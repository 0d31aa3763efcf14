-- The entry that reverses $2.
SELECT id FROM journal WHERE organizer_id = $1 AND reverses_id = $2
