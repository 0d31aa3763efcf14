-- The plan that a tier (or, with null, the event) follows.
SELECT p.name FROM tier_plan t JOIN split_plan p ON p.organizer_id = t.organizer_id AND p.event_id = t.event_id AND p.id = t.plan_id
WHERE t.organizer_id = $1 AND t.event_id = $2 AND t.tier_id IS NOT DISTINCT FROM $3::uuid
