-- The next version of a plan.
INSERT INTO split_plan_version (organizer_id, event_id, id, plan_id, version, effective_from, basis, fees_from, commission_from, created_at, contract, treasury)
SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8, $9, $10, $11
FROM split_plan_version WHERE organizer_id = $1 AND plan_id = $4
