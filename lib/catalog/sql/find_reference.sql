-- $2 kinds: the object of this name that is not archived.
SELECT id FROM object WHERE organizer_id = $1 AND kind = ANY ($2::text[]) AND name = $3 AND archived_at IS NULL
