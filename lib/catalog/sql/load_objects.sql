-- $2 a kind or null, $3 a name or null.
SELECT kind, name, id, generation, spec::text AS spec, changed_by, changed_at, archived_at, spec <> applied AS drifted
FROM object WHERE organizer_id = $1 AND ($2::text IS NULL OR kind = $2) AND ($3::text IS NULL OR name = $3)
ORDER BY kind, name
