-- $1 organizer, $2 instant: the exchange rate versions in force then, one per pair of assets.
SELECT r.id, r.from_asset_id, f.scale AS from_scale, r.to_asset_id, t.scale AS to_scale, r.mantissa, r.decimals
FROM passa_rates_in_force($1, $2) r
JOIN asset f ON f.organizer_id = r.organizer_id AND f.id = r.from_asset_id
JOIN asset t ON t.organizer_id = r.organizer_id AND t.id = r.to_asset_id
ORDER BY r.from_asset_id, r.to_asset_id
