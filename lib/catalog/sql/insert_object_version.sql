-- The history of an object.
INSERT INTO object_version (organizer_id, kind, name, generation, spec, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7)
