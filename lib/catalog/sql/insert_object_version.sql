-- The history of an object ($8), with the rows it stands as now.
INSERT INTO object_version (organizer_id, kind, name, generation, spec, changed_by, changed_at, rows)
VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, nullif(passa_standing_rows($1, $2, $8), '{}'))
