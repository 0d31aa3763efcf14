-- $1 organizer, $2 batch: attempts whose outcome is not proved, oldest first.
SELECT id, rail, network, key, payload, source, sequence, fee_minor, valid_until, first_ledger, state, made_at, sent_at
FROM payout_attempt
WHERE organizer_id = $1 AND batch_id = $2 AND state IN ('prepared', 'sent', 'unknown')
ORDER BY id
