-- $1 organizer, $2 event, $3 party or null: its payouts with the last attempt made for each, attempt by attempt; what was not tried comes last.
SELECT p.id, coalesce(pa.title, 'not a party') AS party, p.owed_minor, p.owed_asset_id, os.scale AS owed_scale, p.amount_minor, p.asset_id, s.scale,
       p.state,
       CASE WHEN f.stands THEN 'the chain paid it all the same, as a person found out'
            WHEN NOT f.stands THEN 'the chain paid it all the same, and it came back' ELSE p.reason END AS reason,
       coalesce(p.rail, '') AS rail, coalesce(p.destination, '') AS destination, p.source,
       coalesce(x.name || ' v' || x.version, '') AS rate_name, x.mantissa, x.decimals,
       t.key, t.network, coalesce(t.finished_at, p.changed_at) AS moved_at,
       to_char(coalesce(t.finished_at, p.changed_at) AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS at
FROM payout p
JOIN event e ON e.organizer_id = p.organizer_id AND e.id = p.event_id
LEFT JOIN party pa ON pa.organizer_id = p.organizer_id AND pa.id = p.party_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN asset os ON os.organizer_id = p.organizer_id AND os.id = p.owed_asset_id
LEFT JOIN payout_found_paid f ON f.organizer_id = p.organizer_id AND f.payout_id = p.id
LEFT JOIN exchange_rate x ON x.organizer_id = p.organizer_id AND x.id = p.exchange_rate_id
LEFT JOIN LATERAL (
    SELECT a.id, a.made_at, a.key, a.network, a.finished_at FROM payout_attempt_line l
    JOIN payout_attempt a ON a.organizer_id = l.organizer_id AND a.id = l.attempt_id
    WHERE l.organizer_id = p.organizer_id AND l.payout_id = p.id ORDER BY a.made_at DESC, a.id DESC LIMIT 1) t ON true
WHERE p.organizer_id = $1 AND p.event_id = $2 AND ($3::uuid IS NULL OR p.party_id = $3)
ORDER BY p.batch_id, t.made_at, t.id, p.pos
