-- $1 organizer, $2 plan: the contract and treasury that it is bound to, since money went there.
SELECT v.contract, v.treasury
FROM escrow e
JOIN split_plan_version v ON v.organizer_id = e.organizer_id AND v.event_id = e.event_id AND v.plan_id = e.plan_id
WHERE e.organizer_id = $1 AND e.plan_id = $2 AND v.contract IS NOT NULL
ORDER BY v.version DESC
LIMIT 1
