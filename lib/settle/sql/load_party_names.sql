-- Names for people.
SELECT id, name FROM party WHERE organizer_id = $1
