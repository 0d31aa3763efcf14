-- The pair of a named rate.
SELECT from_asset_id, to_asset_id FROM exchange_rate WHERE organizer_id = $1 AND name = $2 LIMIT 1
