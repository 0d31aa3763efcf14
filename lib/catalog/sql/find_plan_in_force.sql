-- What plan $3 says at $4, and whether another version of it is still to come. Shares and tiers as texts to compare.
SELECT v.effective_from, v.basis, v.fees_from, v.commission_from, v.contract, v.treasury,
       (SELECT string_agg(h.party_id || ' ' || h.ppm, ', ' ORDER BY h.pos) FROM split_share h
        WHERE h.organizer_id = v.organizer_id AND h.event_id = v.event_id AND h.plan_version_id = v.id) AS shares,
       (SELECT string_agg(coalesce(t.tier_id::text, ''), ', ' ORDER BY t.tier_id) FROM tier_plan t
        WHERE t.organizer_id = v.organizer_id AND t.event_id = v.event_id AND t.plan_version_id = v.id) AS tiers,
       EXISTS (SELECT 1 FROM plan_period n WHERE n.organizer_id = v.organizer_id AND n.plan_id = v.plan_id AND n.from_at > $4) AS pending
FROM plan_period p
JOIN split_plan_version v ON v.organizer_id = p.organizer_id AND v.event_id = p.event_id AND v.id = p.plan_version_id
WHERE p.organizer_id = $1 AND p.event_id = $2 AND p.plan_id = $3 AND p.from_at <= $4 AND p.until_at > $4
