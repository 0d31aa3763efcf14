-- A tier (null: the default) follows a plan version.
INSERT INTO tier_plan (organizer_id, event_id, plan_version_id, tier_id) VALUES ($1, $2, $3, $4)
