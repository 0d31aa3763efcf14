-- $1 organizer: lines in payout_staging that say the same as a payout which the chain contradicts get state $2 for cause $3, reason $4.
UPDATE payout_staging l SET state = $2, cause = $3, reason = $4
FROM payout_waits w
JOIN payout p ON p.organizer_id = w.organizer_id AND p.id = w.payout_id
WHERE w.organizer_id = $1 AND p.line_key = l.line_key AND l.known_payout IS NULL
