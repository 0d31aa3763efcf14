-- The next version of a rate.
INSERT INTO exchange_rate (organizer_id, id, name, version, from_asset_id, to_asset_id, mantissa, decimals, effective_from, source, created_at)
SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5, $6, $7, $8, $9, $10
FROM exchange_rate WHERE organizer_id = $1 AND name = $3
