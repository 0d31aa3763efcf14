-- $1 organizer, $2 channel: attempts under its numbers whose outcome is not proved.
SELECT count(*) AS attempts
FROM payout_channel c
JOIN payout_batch b ON b.organizer_id = c.organizer_id AND b.treasury_id = c.treasury_id
JOIN payout_attempt t ON t.organizer_id = c.organizer_id AND t.batch_id = b.id AND t.source = c.address AND t.state IN ('prepared', 'sent', 'unknown')
WHERE c.organizer_id = $1 AND c.id = $2
