-- $2 a plan that sold nothing leaves its tiers to another; one that sold keeps them for what is still to come.
DELETE FROM tier_plan t USING split_plan_version v
WHERE t.organizer_id = $1 AND v.organizer_id = t.organizer_id AND v.event_id = t.event_id AND v.id = t.plan_version_id AND v.plan_id = $2
  AND NOT EXISTS (SELECT 1 FROM sale_line l JOIN split_plan_version s ON s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.id = l.plan_version_id
                  WHERE l.organizer_id = t.organizer_id AND l.event_id = t.event_id AND s.plan_id = v.plan_id)
