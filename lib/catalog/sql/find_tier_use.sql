-- Anything that refers to a tier: a plan version in force at or after $4 that names it, or a sale, be it undone.
SELECT 1 AS used FROM plan_period p
JOIN tier_plan t ON t.organizer_id = p.organizer_id AND t.event_id = p.event_id AND t.plan_version_id = p.plan_version_id
WHERE p.organizer_id = $1 AND p.event_id = $2 AND t.tier_id = $3 AND p.until_at > $4
UNION ALL
SELECT 1 FROM tier_sold WHERE organizer_id = $1 AND event_id = $2 AND tier_id = $3
LIMIT 1
