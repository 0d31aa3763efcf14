-- $1 organizer, $2 treasury: batches with an attempt whose fate is not proved.
SELECT DISTINCT b.id AS batch_id
FROM payout_batch b
JOIN payout_attempt t ON t.organizer_id = b.organizer_id AND t.batch_id = b.id
WHERE b.organizer_id = $1 AND b.treasury_id = $2 AND t.state IN ('prepared', 'sent', 'unknown')
