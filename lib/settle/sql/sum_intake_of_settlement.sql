-- What one settlement took in, per asset.
SELECT i.asset_id, s.scale, sum(i.gross) AS gross, sum(i.tax) AS tax, sum(i.fee_platform) AS fee_platform, sum(i.fee_payment) AS fee_payment
FROM settlement_intake i JOIN asset s ON s.organizer_id = i.organizer_id AND s.id = i.asset_id
WHERE i.organizer_id = $1 AND i.event_id = $2 AND i.settlement_id = $3
GROUP BY i.asset_id, s.scale ORDER BY i.asset_id
