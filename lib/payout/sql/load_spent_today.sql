-- $1 organizer, $2 a policy by name, $3 treasury: per asset and batch under that policy or from that treasury, what was reserved today
-- (the organizer's business day, by the database's clock) and is held or paid, and what is still meant to be paid. Oldest batch first.
SELECT p.asset_id, s.scale, p.batch_id, b.state,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.reserved_at IS NOT NULL), 0) AS reserved,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.reserved_at IS NULL), 0) AS planned
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
JOIN payout_policy pol ON pol.organizer_id = b.organizer_id AND pol.id = b.policy_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN organizer o ON o.id = p.organizer_id
WHERE p.organizer_id = $1 AND (pol.name = $2 OR b.treasury_id = $3)
  AND ((p.reserved_at >= date_trunc('day', now(), o.zone) AND p.state NOT IN ('cancelled', 'failed', 'returned'))
       OR p.state IN ('planned', 'ready'))
GROUP BY p.asset_id, s.scale, p.batch_id, b.state
ORDER BY p.batch_id
