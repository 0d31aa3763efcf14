-- $1 organizer, $2 event or null, $3 how many: newest first, with counts. What was found paid on the chain after the book gave it up (a
-- break closed as paid) counts as paid, as long as it has not come back.
SELECT b.id, e.name AS event_name, t.name AS treasury_name, t.network_name, b.state, b.made_by, b.made_at, t.asset_id, s.scale,
       count(p.id) AS payouts,
       count(*) FILTER (WHERE p.state IN ('confirmed', 'settled') OR k.payout_id IS NOT NULL) AS paid,
       count(*) FILTER (WHERE p.state IN ('sending', 'accepted', 'unknown')) AS open,
       count(*) FILTER (WHERE p.state IN ('blocked', 'failed', 'returned') AND k.payout_id IS NULL) AS not_paid,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.asset_id = t.asset_id AND (p.state NOT IN ('blocked', 'cancelled', 'failed', 'returned') OR k.payout_id IS NOT NULL)), 0) AS total
FROM payout_batch b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.asset_id
LEFT JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id
LEFT JOIN payout_found_paid k ON k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.stands
LEFT JOIN event e ON e.organizer_id = b.organizer_id AND e.id = b.event_id
WHERE b.organizer_id = $1 AND ($2::uuid IS NULL OR b.event_id = $2)
GROUP BY b.organizer_id, b.id, e.name, t.name, t.network_name, b.state, b.made_by, b.made_at, t.asset_id, s.scale
ORDER BY b.made_at DESC, b.id DESC
LIMIT $3
