-- Version $4 of plan $3, now that it stands beside the others: when tickets of its plan or of its tiers were last sold, and when
-- the last of them that would have to follow another version than the one it was sold under.
WITH force AS MATERIALIZED (
    SELECT tier_id, from_at, until_at, plan_version_id FROM plan_in_force WHERE organizer_id = $1 AND event_id = $2
), reached AS MATERIALIZED (
    SELECT DISTINCT coalesce(tier_id, '00000000-0000-0000-0000-000000000000') AS tier_id FROM force WHERE plan_version_id = $4
)
SELECT max(l.occurred_at) AS last_sold, max(l.occurred_at) FILTER (WHERE f.plan_version_id IS NULL) AS last_moved
FROM sale_line l
LEFT JOIN force f ON f.plan_version_id = l.plan_version_id AND f.tier_id IS NOT DISTINCT FROM l.tier_id
                 AND l.occurred_at >= f.from_at AND l.occurred_at < f.until_at
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.seq = 0
  AND (l.plan_version_id IN (SELECT id FROM split_plan_version WHERE organizer_id = $1 AND plan_id = $3)
       OR coalesce(l.tier_id, '00000000-0000-0000-0000-000000000000') IN (SELECT tier_id FROM reached))
