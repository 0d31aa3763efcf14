-- One person's approval of exactly this content.
INSERT INTO payout_approval (organizer_id, batch_id, batch_sha256, approved_by, approved_at, os_user) VALUES ($1, $2, $3, $4, $5, $6)
