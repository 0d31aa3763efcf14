-- $1 organizer, $2 batch, $3 how many, $4 from which place: payouts that wait for their money to be set aside, in order. `waits`: the chain contradicts what
-- was paid for the same.
SELECT p.id, p.pos, p.party_id, p.event_id, p.source, p.owed_minor, p.netted_minor, p.owed_asset_id, os.scale AS owed_scale, p.amount_minor,
       p.asset_id, s.scale, p.destination, p.memo, r.mantissa, r.decimals,
       w.payout_id IS NOT NULL AS waits
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
LEFT JOIN exchange_rate r ON r.organizer_id = p.organizer_id AND r.id = p.exchange_rate_id
LEFT JOIN payout_waits w ON w.organizer_id = p.organizer_id AND w.payout_id = p.id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'ready' AND p.pos >= $4
ORDER BY p.pos
LIMIT $3
