-- $1 organizer, $2 batch: what its payouts come to, by state and asset. `found_paid` as in load_payouts.
SELECT p.state, p.asset_id, s.scale, count(*) AS payouts, sum(p.amount_minor) AS amount, coalesce(k.stands, false) AS found_paid
FROM payout p
LEFT JOIN payout_found_paid k ON k.organizer_id = p.organizer_id AND k.payout_id = p.id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
WHERE p.organizer_id = $1 AND p.batch_id = $2
GROUP BY p.state, p.asset_id, s.scale, coalesce(k.stands, false)
ORDER BY p.asset_id, p.state
