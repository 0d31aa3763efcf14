-- A tier follows a plan.
INSERT INTO tier_plan (organizer_id, event_id, plan_id, tier_id) VALUES ($1, $2, $3, $4)
