-- $1 organizer, $2 batch: payouts with money set aside that wait, because the chain contradicts the book.
SELECT count(*) AS payouts
FROM payout p
JOIN payout_waits w ON w.organizer_id = p.organizer_id AND w.payout_id = p.id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
