-- What a settlement took in of one plan version, campaign version, creator and asset.
INSERT INTO settlement_intake (organizer_id, event_id, settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id,
    lines, gross, tax, fee_platform, fee_payment, net, eligible)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
