-- $1 organizer, $2 batch: attempts whose outcome is not proved, oldest first.
SELECT t.id, t.batch_id, t.network, t.key, t.payload, t.source, t.sequence, t.fee_minor, t.fee_asset_id, s.scale AS fee_scale,
       t.valid_until, t.first_ledger, t.state
FROM payout_attempt t
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.fee_asset_id
WHERE t.organizer_id = $1 AND t.batch_id = $2 AND t.state IN ('prepared', 'sent', 'unknown')
ORDER BY t.made_at, t.id
