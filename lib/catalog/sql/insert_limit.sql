-- The limits of one asset.
INSERT INTO payout_limit (organizer_id, policy_id, asset_id, minimum_minor, per_payout_minor, per_batch_minor, per_day_minor) VALUES ($1, $2, $3, $4, $5, $6, $7)
