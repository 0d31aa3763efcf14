-- $2 plan: what the books owe each party through its contract, with the address that it is paid at.
SELECT w.party_id, y.name AS party, sum(w.minor) AS minor,
       coalesce((SELECT min(k.address) FROM escrow_payee k WHERE k.organizer_id = $1 AND k.plan_id = $2 AND k.party_id = w.party_id),
                CASE WHEN y.rail = 'stellar' THEN y.destination END, '') AS address
FROM (
    SELECT d.party_id, d.delta AS minor
    FROM settlement_due d
    JOIN split_plan_version v ON v.organizer_id = d.organizer_id AND v.event_id = d.event_id AND v.id = d.plan_version_id
    WHERE d.organizer_id = $1 AND v.plan_id = $2 AND d.through_contract
    UNION ALL
    SELECT party_id, -amount_minor FROM escrow_movement WHERE organizer_id = $1 AND plan_id = $2 AND kind = 'paid' AND party_id IS NOT NULL
) w
JOIN party y ON y.organizer_id = $1 AND y.id = w.party_id
GROUP BY w.party_id, y.name, y.rail, y.destination
ORDER BY y.name
