-- Whether anything was sold under a plan.
SELECT 1 AS sold FROM sale_line l
JOIN split_plan_version v ON v.organizer_id = l.organizer_id AND v.event_id = l.event_id AND v.id = l.plan_version_id
WHERE l.organizer_id = $1 AND l.event_id = $2 AND v.plan_id = $3 LIMIT 1
