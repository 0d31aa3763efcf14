-- $2 plan, $3 the last event that was booked: what its contract told since, in the order in which things happened.
SELECT e.id, e.transaction, e.said, e.evidence_id
FROM escrow x
JOIN contract_event e ON e.organizer_id = x.organizer_id AND e.network = x.network AND e.contract = x.address
WHERE x.organizer_id = $1 AND x.plan_id = $2 AND e.id > $3
ORDER BY e.id
