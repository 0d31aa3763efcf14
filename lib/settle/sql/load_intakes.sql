-- Totals to date, over the settlements up to and including $3 (null: all).
SELECT i.plan_version_id, i.campaign_version_id, i.creator_id, i.asset_id, s.scale,
       sum(i.gross) AS gross, sum(i.tax) AS tax, sum(i.fee_platform) AS fee_platform, sum(i.fee_payment) AS fee_payment, sum(i.eligible) AS eligible
FROM settlement_intake i
JOIN asset s ON s.organizer_id = i.organizer_id AND s.id = i.asset_id
JOIN settlement t ON t.organizer_id = i.organizer_id AND t.event_id = i.event_id AND t.id = i.settlement_id
WHERE i.organizer_id = $1 AND i.event_id = $2
  AND ($3::uuid IS NULL OR (t.settled_at, t.id) <= (SELECT settled_at, id FROM settlement WHERE organizer_id = $1 AND event_id = $2 AND id = $3))
GROUP BY i.plan_version_id, i.campaign_version_id, i.creator_id, i.asset_id, s.scale
ORDER BY i.plan_version_id, i.campaign_version_id, i.creator_id, i.asset_id
