-- The payouts of payout_staging become those of batch $2, in order, with the step that led each from planned to its first state. $3 who
-- made the batch, $4 when.
WITH stored AS (
    INSERT INTO payout (organizer_id, batch_id, id, pos, party_id, event_id, source, reference, file_line, row_key, owed_minor, owed_asset_id,
        netted_minor, amount_minor, asset_id, exchange_rate_id, rail, destination, memo, own_memo, state, reason, changed_at)
    SELECT $1, $2, id, row_number() OVER (ORDER BY payee, seq) - 1, party_id, event_id, source, reference, file_line, row_key, owed_minor,
           owed_asset_id, netted_minor, amount_minor, asset_id, exchange_rate_id, rail, destination, memo, own_memo, state, reason, $4
    FROM payout_staging
)
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, evidence_id, moved_at)
SELECT $1, id, 1, 'planned', cause, state, $3, reason, NULL, $4 FROM payout_staging
