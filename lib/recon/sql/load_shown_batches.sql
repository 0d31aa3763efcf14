-- $1 organizer, $2 treasury: batches with an attempt whose fate is not proved and whose first payment stands on the statement.
SELECT DISTINCT b.id AS batch_id
FROM payout_batch b
JOIN payout_attempt t ON t.organizer_id = b.organizer_id AND t.batch_id = b.id
JOIN statement_line l ON l.organizer_id = b.organizer_id AND l.treasury_id = b.treasury_id AND l.external_ref = t.key || ':0'
WHERE b.organizer_id = $1 AND b.treasury_id = $2 AND t.state IN ('prepared', 'sent', 'unknown')
ORDER BY b.id
