-- $1 organizer, $2 plan: what creators earned under each of its versions, to date.
SELECT d.plan_version_id AS version_id, d.party_id, y.name AS party, sum(d.delta) AS due,
       coalesce((SELECT min(k.address) FROM escrow_payee k WHERE k.organizer_id = $1 AND k.plan_id = $2 AND k.party_id = d.party_id),
                CASE WHEN y.rail = 'stellar' THEN y.destination END, '') AS address
FROM settlement_due d
JOIN split_plan_version v ON v.organizer_id = d.organizer_id AND v.event_id = d.event_id AND v.id = d.plan_version_id
JOIN party y ON y.organizer_id = d.organizer_id AND y.id = d.party_id
WHERE d.organizer_id = $1 AND v.plan_id = $2 AND d.through_contract AND d.kind = 'commission'
GROUP BY d.plan_version_id, d.party_id, y.name, y.rail, y.destination
ORDER BY d.plan_version_id, y.name
