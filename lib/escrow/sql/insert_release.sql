-- The same figures may be asked for again: the first who did stands.
INSERT INTO escrow_release (organizer_id, plan_id, sha256, figures, reason, asked_by, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organizer_id, plan_id, sha256) DO NOTHING
