-- $1 organizer: every asset that it knows.
SELECT id, scale FROM asset WHERE organizer_id = $1 ORDER BY id
