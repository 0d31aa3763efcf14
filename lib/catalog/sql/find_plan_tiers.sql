-- Whether any tier follows a version of plan $2.
SELECT 1 AS used FROM tier_plan t
JOIN split_plan_version v ON v.organizer_id = t.organizer_id AND v.event_id = t.event_id AND v.id = t.plan_version_id
WHERE t.organizer_id = $1 AND v.plan_id = $2 LIMIT 1
