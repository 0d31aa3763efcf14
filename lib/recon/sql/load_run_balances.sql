-- $1 organizer, $2 run: its proofs.
SELECT b.asset_id, s.scale, b.opening, b.money_in, b.money_out, b.fees, b.closing, b.gap
FROM recon_balance b
JOIN asset s ON s.organizer_id = b.organizer_id AND s.id = b.asset_id
WHERE b.organizer_id = $1 AND b.run_id = $2
ORDER BY b.asset_id
