-- $1 organizer, $2 payout: every attempt it was part of, oldest first.
SELECT t.id, t.network, t.key, t.sequence, t.fee_minor, t.fee_asset_id, s.scale AS fee_scale, t.valid_until, t.state, t.made_at, t.finished_at, l.pos
FROM payout_attempt_line l
JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.fee_asset_id
WHERE l.organizer_id = $1 AND l.payout_id = $2
ORDER BY t.made_at, t.id
