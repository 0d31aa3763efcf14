-- $1 organizer, $2 batch: of its payouts in order what never changes, which is what is approved.
SELECT p.id, p.pos, p.party_id, p.event_id, p.source, p.reference, p.owed_minor, p.netted_minor, p.owed_asset_id, os.scale AS owed_scale,
       p.amount_minor, p.asset_id, s.scale, p.exchange_rate_id, p.rail, p.destination, p.memo
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
WHERE p.organizer_id = $1 AND p.batch_id = $2
ORDER BY p.pos
