-- $1 organizer, $2 batch: what is still to be reserved, per asset.
SELECT p.asset_id, s.scale, sum(p.amount_minor) AS ready, count(*) AS payouts
FROM payout p JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'ready'
GROUP BY p.asset_id, s.scale
