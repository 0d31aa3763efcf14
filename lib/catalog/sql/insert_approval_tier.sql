-- How many people must agree from this amount on.
INSERT INTO payout_approval_tier (organizer_id, policy_id, asset_id, from_minor, persons) VALUES ($1, $2, $3, $4, $5)
