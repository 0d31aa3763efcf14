-- As it came, with its hash; $10, $11 the length and hash of the whole when only its beginning is kept.
INSERT INTO evidence (organizer_id, id, rail, kind, external_ref, raw, sha256, details, seen_at, attempt_id, whole_bytes, whole_sha256)
VALUES ($1, $2, $3, $4, $5, $6, sha256($6), $7::jsonb, $8, $9, $10, $11)
