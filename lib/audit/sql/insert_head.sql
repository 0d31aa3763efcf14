-- A signature over the record $2. The same key signs a record once.
INSERT INTO audit_head (organizer_id, seq, sha256, public_key, signature, signed_at)
VALUES ($1, $2, $3, $4, $5, clock_timestamp())
ON CONFLICT DO NOTHING
