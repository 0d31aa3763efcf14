-- $1 organizer, $2 plan: shares of each version under which something was settled through the contract, in their stable order, with what is
-- due to each to date. An address that was bound stays, whatever the party says now.
SELECT v.id AS version_id, p.name || ' v' || v.version AS name, b.contract_version, h.party_id, y.name AS party, h.ppm,
       coalesce((SELECT min(k.address) FROM escrow_payee k WHERE k.organizer_id = $1 AND k.plan_id = $2 AND k.party_id = h.party_id),
                CASE WHEN y.rail = 'stellar' THEN y.destination END, '') AS address,
       coalesce((SELECT sum(d.delta) FROM settlement_due d
                 WHERE d.organizer_id = $1 AND d.event_id = v.event_id AND d.plan_version_id = v.id AND d.through_contract
                   AND d.kind = 'share' AND d.party_id = h.party_id), 0) AS due
FROM split_plan_version v
JOIN split_plan p ON p.organizer_id = v.organizer_id AND p.event_id = v.event_id AND p.id = v.plan_id
JOIN split_share h ON h.organizer_id = v.organizer_id AND h.event_id = v.event_id AND h.plan_version_id = v.id
JOIN party y ON y.organizer_id = h.organizer_id AND y.id = h.party_id
LEFT JOIN escrow_version b ON b.organizer_id = v.organizer_id AND b.plan_id = v.plan_id AND b.plan_version_id = v.id
WHERE v.organizer_id = $1 AND v.plan_id = $2 AND v.contract IS NOT NULL
  AND EXISTS (SELECT 1 FROM settlement_due d
              WHERE d.organizer_id = $1 AND d.event_id = v.event_id AND d.plan_version_id = v.id AND d.through_contract)
ORDER BY v.version, h.pos
