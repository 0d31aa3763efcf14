-- $1 organizer, $2 event, $3 asset: every share of every plan version that lines followed, and what was posted for it to date; a
-- party without a share bears the fees or commissions of the plan.
SELECT sp.name AS plan, v.version, v.basis, v.effective_from = '-infinity' AS from_start,
       coalesce(to_char(v.effective_from AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI'), '') AS effective,
       coalesce(fp.title, '') AS fees_from, coalesce(cp.title, '') AS commission_from,
       p.name AS party, p.title, h.ppm, coalesce(d.posted, 0) AS posted
FROM split_plan_version v
JOIN split_plan sp ON sp.organizer_id = v.organizer_id AND sp.event_id = v.event_id AND sp.id = v.plan_id
JOIN event e ON e.organizer_id = v.organizer_id AND e.id = v.event_id
LEFT JOIN party fp ON fp.organizer_id = v.organizer_id AND fp.id = v.fees_from
LEFT JOIN party cp ON cp.organizer_id = v.organizer_id AND cp.id = v.commission_from
CROSS JOIN LATERAL (
    SELECT party_id FROM split_share WHERE organizer_id = $1 AND event_id = $2 AND plan_version_id = v.id
    UNION
    SELECT party_id FROM settlement_due
    WHERE organizer_id = $1 AND event_id = $2 AND plan_version_id = v.id AND asset_id = $3 AND kind = 'share') who
JOIN party p ON p.organizer_id = v.organizer_id AND p.id = who.party_id
LEFT JOIN split_share h ON h.organizer_id = v.organizer_id AND h.event_id = v.event_id AND h.plan_version_id = v.id AND h.party_id = p.id
LEFT JOIN LATERAL (
    SELECT sum(delta) AS posted FROM settlement_due
    WHERE organizer_id = $1 AND event_id = $2 AND plan_version_id = v.id AND asset_id = $3 AND kind = 'share' AND party_id = p.id) d ON true
WHERE v.organizer_id = $1 AND v.event_id = $2
  AND EXISTS (SELECT 1 FROM settlement_intake i WHERE i.organizer_id = $1 AND i.event_id = $2 AND i.plan_version_id = v.id AND i.asset_id = $3)
ORDER BY sp.name, v.version, h.pos NULLS LAST, p.name
