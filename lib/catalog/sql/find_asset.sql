-- An asset by id.
SELECT scale FROM asset WHERE organizer_id = $1 AND id = $2
