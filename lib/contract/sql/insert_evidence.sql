-- As it came, with its hash; $8, $9 the length and hash of the whole when only its beginning is kept.
INSERT INTO evidence (organizer_id, id, rail, kind, external_ref, raw, sha256, details, seen_at, whole_bytes, whole_sha256)
VALUES ($1, $2, 'stellar', $3, $4, $5, sha256($5), $6::jsonb, $7, $8, $9)
