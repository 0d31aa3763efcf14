-- $1 organizer, $2 event, $3 line: what led to one sale line, and what the same rules say again: its id by its order, the plan and
-- campaign versions in force when the sale was made, and whom its code credited.
SELECT e.name AS event, first.occurred_at AS sold_at,
       l.id = CASE WHEN l.seq = 0 THEN passa_line_id(l.event_id, l.source, l.order_ref, l.line_ref) ELSE passa_change_id(l.sale_id, l.seq) END AS id_follows,
       l.plan_version_id, l.campaign_version_id, l.creator_id, l.import_id,
       t.title AS tier_title, t.price_minor AS tier_price, t.asset_id AS tier_asset, ts.scale AS tier_scale,
       pv.basis, pv.effective_from AS plan_from,
       EXISTS (SELECT 1 FROM plan_in_force f
               WHERE f.organizer_id = $1 AND f.event_id = $2 AND f.tier_id IS NOT DISTINCT FROM l.tier_id AND f.plan_version_id = l.plan_version_id
                 AND first.occurred_at >= f.from_at AND first.occurred_at < f.until_at) AS plan_follows,
       cv.rate_ppm, cv.effective_from AS campaign_from,
       (first.campaign_version_id, first.creator_id) IS NOT DISTINCT FROM (credit.campaign_version_id, credit.creator_id) AS credit_follows,
       (l.plan_version_id, l.campaign_version_id, l.creator_id) IS NOT DISTINCT FROM (first.plan_version_id, first.campaign_version_id, first.creator_id) AS versions_of_sale,
       i.profile_sha256, i.imported_by, m.settlement_id
FROM sale_line l
JOIN sale_line first ON first.organizer_id = l.organizer_id AND first.event_id = l.event_id AND first.id = l.sale_id
JOIN event e ON e.organizer_id = l.organizer_id AND e.id = l.event_id
JOIN split_plan_version pv ON pv.organizer_id = l.organizer_id AND pv.event_id = l.event_id AND pv.id = l.plan_version_id
JOIN sale_import i ON i.organizer_id = l.organizer_id AND i.event_id = l.event_id AND i.id = l.import_id
LEFT JOIN code_in_force credit ON credit.organizer_id = $1 AND credit.event_id = $2 AND credit.code = first.code
    AND first.occurred_at >= credit.from_at AND first.occurred_at < credit.until_at
LEFT JOIN tier t ON t.organizer_id = l.organizer_id AND t.event_id = l.event_id AND t.id = l.tier_id
LEFT JOIN asset ts ON ts.organizer_id = t.organizer_id AND ts.id = t.asset_id
LEFT JOIN campaign_version cv ON cv.organizer_id = l.organizer_id AND cv.event_id = l.event_id AND cv.id = l.campaign_version_id
LEFT JOIN settlement_line m ON m.organizer_id = l.organizer_id AND m.event_id = l.event_id AND m.line_id = l.id
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = $3
