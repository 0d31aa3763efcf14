-- Whether any tier follows plan $2.
SELECT 1 AS used FROM tier_plan WHERE organizer_id = $1 AND plan_id = $2 LIMIT 1
