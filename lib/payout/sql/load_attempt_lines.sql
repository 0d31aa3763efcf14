-- $1 organizer, $2 attempt: the payouts it pays, by operation.
SELECT l.payout_id, p.state, p.amount_minor, p.asset_id, s.scale
FROM payout_attempt_line l
JOIN payout p ON p.organizer_id = l.organizer_id AND p.id = l.payout_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
WHERE l.organizer_id = $1 AND l.attempt_id = $2
ORDER BY l.pos
