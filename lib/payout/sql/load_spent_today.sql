-- $1 organizer: per asset, what payouts reserved today (the organizer's business day, by the database's clock) hold or have paid,
-- and what open batches still mean to pay. $2 a batch that is not counted among the latter, or null.
SELECT p.asset_id, s.scale,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.reserved_at IS NOT NULL), 0) AS reserved,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.reserved_at IS NULL), 0) AS planned
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN organizer o ON o.id = p.organizer_id
WHERE p.organizer_id = $1
  AND ((p.reserved_at >= date_trunc('day', now(), o.zone) AND p.state NOT IN ('cancelled', 'failed', 'returned'))
       OR (p.state IN ('planned', 'ready') AND p.batch_id IS DISTINCT FROM $2::uuid))
GROUP BY p.asset_id, s.scale
