-- The object as it stands now ($6), and as the file says it ($7).
INSERT INTO object (organizer_id, kind, name, id, generation, spec, applied, applied_sha256, applied_from, changed_by, changed_at)
VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8, $9, $10, $11)
ON CONFLICT (organizer_id, kind, name) DO UPDATE
SET generation = excluded.generation, spec = excluded.spec, applied = excluded.applied, applied_sha256 = excluded.applied_sha256,
    applied_from = excluded.applied_from, changed_by = excluded.changed_by, changed_at = excluded.changed_at, archived_at = NULL
