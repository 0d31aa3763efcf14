-- As it came, with its hash.
INSERT INTO evidence (organizer_id, id, rail, kind, external_ref, raw, sha256, details, seen_at, attempt_id)
VALUES ($1, $2, $3, $4, $5, $6, sha256($6), $7::jsonb, $8, $9)
