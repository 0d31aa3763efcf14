-- An object as it stands, and as it was last applied.
SELECT id, generation, spec::text AS spec, applied::text AS applied, archived_at FROM object WHERE organizer_id = $1 AND kind = $2 AND name = $3
