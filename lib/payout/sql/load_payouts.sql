-- $1 organizer, $2 batch, $3 from which place, $4 at most so many or null for all, $5 of which state or null: its payouts in order, with the attempt that is or was theirs last. `found_paid`: the chain paid it although
-- the book had given it up, as the person says who closed the break about that, and it has not come back.
SELECT p.id, p.pos, p.party_id, pa.name AS party_name, p.event_id, p.source, p.reference, p.file_line, p.row_key,
       p.owed_minor, p.netted_minor, p.owed_asset_id, os.scale AS owed_scale, p.amount_minor, p.asset_id, s.scale,
       p.exchange_rate_id, p.rail, p.destination, p.memo, p.own_memo, p.state,
       coalesce('found paid by ' || k.closed_by || ': ' || k.close_reason || coalesce('; ' || k.came_back, ''), p.reason) AS reason,
       coalesce(k.stands, false) AS found_paid,
       (SELECT t.key FROM payout_attempt_line l
        JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
        WHERE l.organizer_id = p.organizer_id AND l.payout_id = p.id ORDER BY t.made_at DESC, t.id DESC LIMIT 1) AS attempt_key
FROM payout p
LEFT JOIN party pa ON pa.organizer_id = p.organizer_id AND pa.id = p.party_id
LEFT JOIN payout_found_paid k ON k.organizer_id = p.organizer_id AND k.payout_id = p.id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.pos >= $3 AND ($5::text IS NULL OR p.state = $5)
ORDER BY p.pos
LIMIT $4
