-- $1 organizer, $2 attempt: its payouts that wait, because the chain contradicts the book.
SELECT count(*) AS payouts
FROM payout_attempt_line l
JOIN payout_waits w ON w.organizer_id = l.organizer_id AND w.payout_id = l.payout_id
WHERE l.organizer_id = $1 AND l.attempt_id = $2
