-- $1 organizer, $2 payout: every attempt it was part of, oldest first.
SELECT t.id, t.rail, t.network, t.key, t.source, t.sequence, t.fee_minor, t.fee_asset_id AS asset_id, s.scale, t.first_ledger, t.valid_until,
       t.state, t.payload, t.made_at, t.sent_at, t.finished_at, l.pos, l.live
FROM payout_attempt_line l
JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.fee_asset_id
WHERE l.organizer_id = $1 AND l.payout_id = $2
ORDER BY t.made_at, t.id
