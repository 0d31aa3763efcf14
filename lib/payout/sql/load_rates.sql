-- $1 organizer, $2 instant: the exchange rate versions in force then, one per pair of assets.
SELECT DISTINCT ON (r.from_asset_id, r.to_asset_id)
       r.id, r.from_asset_id, f.scale AS from_scale, r.to_asset_id, t.scale AS to_scale, r.mantissa, r.decimals, r.source
FROM exchange_rate r
JOIN asset f ON f.organizer_id = r.organizer_id AND f.id = r.from_asset_id
JOIN asset t ON t.organizer_id = r.organizer_id AND t.id = r.to_asset_id
WHERE r.organizer_id = $1 AND r.effective_from <= $2
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = r.organizer_id AND o.kind = 'ExchangeRate' AND o.name = r.name AND o.archived_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM exchange_rate n WHERE n.organizer_id = r.organizer_id AND n.name = r.name AND n.version > r.version AND r.effective_from > n.created_at)
ORDER BY r.from_asset_id, r.to_asset_id, r.effective_from DESC, r.version DESC
