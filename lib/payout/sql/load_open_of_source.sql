-- $1 organizer, $2 rail, $3 network or null, $4 account: attempts that carry its numbers and whose outcome is not proved, oldest first, of
-- whatever batch.
SELECT t.id, t.batch_id, t.network, t.key, t.payload, t.source, t.sequence, t.fee_minor, t.fee_asset_id, s.scale AS fee_scale,
       t.valid_until, t.first_ledger, t.state
FROM payout_attempt t
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.fee_asset_id
WHERE t.organizer_id = $1 AND t.rail = $2 AND ($3::text IS NULL OR t.network = $3) AND t.source = $4 AND t.state IN ('prepared', 'sent', 'unknown')
ORDER BY t.made_at, t.id
