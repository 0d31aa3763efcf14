-- $1 organizer, $2 payout: what load_ready tells of those that take money.
SELECT p.id, p.party_id, p.event_id, p.source, p.owed_minor, p.netted_minor, p.owed_asset_id, os.scale AS owed_scale, p.amount_minor,
       p.asset_id, s.scale, r.mantissa, r.decimals
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
LEFT JOIN exchange_rate r ON r.organizer_id = p.organizer_id AND r.id = p.exchange_rate_id
WHERE p.organizer_id = $1 AND p.id = $2
