-- One part of one event. The primary key refuses one that is there.
INSERT INTO escrow_movement (organizer_id, plan_id, contract_event_id, pos, kind, transaction, contract_version, address, party_id, asset_id,
    amount_minor, journal_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
