-- Why the asset $2 must stay.
SELECT why FROM (
    SELECT 1 AS pos, 'money was posted in it' AS why WHERE EXISTS (SELECT 1 FROM account WHERE organizer_id = $1 AND asset_id = $2)
    UNION ALL SELECT 2, 'an event is in this currency' WHERE EXISTS (SELECT 1 FROM event WHERE organizer_id = $1 AND currency_id = $2)
    UNION ALL SELECT 3, 'a tier is priced in it' WHERE EXISTS (SELECT 1 FROM tier WHERE organizer_id = $1 AND asset_id = $2)
    UNION ALL SELECT 4, 'a treasury holds it' WHERE EXISTS (SELECT 1 FROM treasury WHERE organizer_id = $1 AND asset_id = $2)
    UNION ALL SELECT 5, 'a version of an exchange rate names it' WHERE EXISTS (SELECT 1 FROM exchange_rate WHERE organizer_id = $1 AND $2 IN (from_asset_id, to_asset_id))
    UNION ALL SELECT 6, 'a version of a payout policy names it' WHERE EXISTS (SELECT 1 FROM payout_limit WHERE organizer_id = $1 AND asset_id = $2)
    UNION ALL SELECT 7, 'a payout was planned in it' WHERE EXISTS (SELECT 1 FROM payout WHERE organizer_id = $1 AND $2 IN (asset_id, owed_asset_id))
    UNION ALL SELECT 8, 'a payout was sent for fees in it' WHERE EXISTS (SELECT 1 FROM payout_attempt WHERE organizer_id = $1 AND fee_asset_id = $2)
) AS reasons ORDER BY pos LIMIT 1
