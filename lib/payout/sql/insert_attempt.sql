-- Committed before any byte leaves.
INSERT INTO payout_attempt (organizer_id, id, batch_id, rail, network, key, payload, source, sequence, fee_minor, fee_asset_id,
    valid_until, first_ledger, state, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'prepared', $14)
