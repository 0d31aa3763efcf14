-- An asset that nothing was ever counted in.
DELETE FROM asset WHERE organizer_id = $1 AND id = $2
