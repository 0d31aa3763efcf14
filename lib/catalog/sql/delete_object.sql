-- The declaration; its versions stay.
DELETE FROM object WHERE organizer_id = $1 AND kind = $2 AND name = $3
