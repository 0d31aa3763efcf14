-- A new batch, waiting for approval. $12 the key of whoever asked for it, if any.
INSERT INTO payout_batch (organizer_id, id, event_id, settlement_id, file_sha256, treasury_id, policy_id, state, sha256, made_by, made_at, changed_at, made_os_user, key)
VALUES ($1, $2, $3, $4, $5, $6, $7, 'awaiting_approval', $8, $9, $10, $10, $11, $12)
