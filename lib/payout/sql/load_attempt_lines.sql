-- $1 organizer, $2 attempt: the payouts it pays, by operation.
SELECT l.pos, l.payout_id, p.state, p.party_id, p.event_id, p.owed_minor, p.owed_asset_id, os.scale AS owed_scale,
       p.amount_minor, p.asset_id, s.scale, p.destination, p.memo, p.reserve_journal_id
FROM payout_attempt_line l
JOIN payout p ON p.organizer_id = l.organizer_id AND p.id = l.payout_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
WHERE l.organizer_id = $1 AND l.attempt_id = $2
ORDER BY l.pos
