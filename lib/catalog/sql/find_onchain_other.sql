-- $1 organizer, $2 plan, $3 contract: another plan that names the contract.
SELECT p.name AS plan
FROM split_plan_version v
JOIN split_plan p ON p.organizer_id = v.organizer_id AND p.event_id = v.event_id AND p.id = v.plan_id
WHERE v.organizer_id = $1 AND v.plan_id <> $2 AND v.contract = $3
LIMIT 1
