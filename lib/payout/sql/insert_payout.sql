-- One payout of a batch, in its first state.
INSERT INTO payout (organizer_id, id, batch_id, pos, party_id, event_id, source, reference, owed_minor, owed_asset_id, amount_minor,
    asset_id, exchange_rate_id, rail, destination, memo, state, reason, changed_at, file_line, netted_minor, own_memo)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'planned', '', $17, $18, $19, $20)
