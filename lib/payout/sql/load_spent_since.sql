-- $1 organizer, $2 instant: what payouts made since then reserve or have paid, per asset.
SELECT p.asset_id, s.scale, sum(p.amount_minor) AS spent
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
WHERE p.organizer_id = $1 AND b.made_at >= $2 AND p.state NOT IN ('blocked', 'cancelled', 'failed', 'returned', 'planned')
GROUP BY p.asset_id, s.scale
