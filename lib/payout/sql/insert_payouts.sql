-- Payouts of batch $2, as they come out of the plan, with the step that led each from planned to its first state. $3 a JSON array of
-- them, $4 who made the batch, $5 when.
WITH made AS (
    SELECT * FROM jsonb_to_recordset($3::jsonb) AS p(
        id uuid, pos integer, party_id uuid, event_id uuid, source text, reference text, file_line integer, owed_minor numeric,
        owed_asset_id text, netted_minor numeric, amount_minor numeric, asset_id text, exchange_rate_id uuid, rail text,
        destination text, memo text, own_memo boolean, state text, cause text, reason text)
), stored AS (
    INSERT INTO payout (organizer_id, batch_id, id, pos, party_id, event_id, source, reference, file_line, owed_minor, owed_asset_id,
        netted_minor, amount_minor, asset_id, exchange_rate_id, rail, destination, memo, own_memo, state, reason, changed_at)
    SELECT $1, $2, id, pos, party_id, event_id, source, reference, file_line, owed_minor, owed_asset_id, netted_minor, amount_minor,
           asset_id, exchange_rate_id, rail, destination, memo, own_memo, state, reason, $5
    FROM made
)
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, evidence_id, moved_at)
SELECT $1, id, 1, 'planned', cause, state, $4, reason, NULL, $5 FROM made
