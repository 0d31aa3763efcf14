-- $1 organizer, $2 batch: payouts with money set aside that the chain contradicts.
SELECT count(*) AS payouts
FROM payout p
JOIN payout_contested c ON c.organizer_id = p.organizer_id AND c.payout_id = p.id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
