-- One difference and what it follows from.
INSERT INTO settlement_due (organizer_id, event_id, settlement_id, plan_version_id, asset_id, kind, party_id, campaign_version_id, due, posted_before, delta, through_contract)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
