-- $1 organizer, $2 run: the balances that it ended with.
SELECT b.asset_id, s.scale, b.closing
FROM recon_balance b
JOIN asset s ON s.organizer_id = b.organizer_id AND s.id = b.asset_id
WHERE b.organizer_id = $1 AND b.run_id = $2
ORDER BY b.asset_id
