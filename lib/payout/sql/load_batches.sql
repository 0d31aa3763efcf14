-- $1 organizer, $2 event or null: newest first, with counts.
SELECT b.id, e.name AS event_name, t.name AS treasury_name, b.state, b.made_by, b.made_at, p.asset_id, s.scale,
       count(*) AS payouts,
       count(*) FILTER (WHERE p.state IN ('confirmed', 'settled')) AS paid,
       count(*) FILTER (WHERE p.state = 'blocked') AS blocked,
       count(*) FILTER (WHERE p.state = 'unknown') AS unknown,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.state NOT IN ('blocked', 'cancelled', 'failed')), 0) AS total
FROM payout_batch b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
LEFT JOIN event e ON e.organizer_id = b.organizer_id AND e.id = b.event_id
WHERE b.organizer_id = $1 AND ($2::uuid IS NULL OR b.event_id = $2)
GROUP BY b.id, e.name, t.name, b.state, b.made_by, b.made_at, p.asset_id, s.scale
ORDER BY b.made_at DESC, p.asset_id
LIMIT $3
