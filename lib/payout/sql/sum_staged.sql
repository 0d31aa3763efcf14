-- $1 organizer: what payout_staging comes to, by state and asset.
SELECT p.state, p.asset_id, s.scale, count(*) AS payouts, sum(p.amount_minor) AS amount, false AS found_paid
FROM payout_staging p
JOIN asset s ON s.organizer_id = $1 AND s.id = p.asset_id
GROUP BY p.state, p.asset_id, s.scale
ORDER BY p.asset_id, p.state
