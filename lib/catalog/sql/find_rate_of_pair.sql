-- Another rate than $2 for the pair $3 to $4 that is not archived.
SELECT r.name, r.from_asset_id, r.to_asset_id FROM exchange_rate r
JOIN object o ON o.organizer_id = r.organizer_id AND o.kind = 'ExchangeRate' AND o.name = r.name AND o.archived_at IS NULL
WHERE r.organizer_id = $1 AND r.name <> $2 AND r.from_asset_id = $3 AND r.to_asset_id = $4
LIMIT 1
