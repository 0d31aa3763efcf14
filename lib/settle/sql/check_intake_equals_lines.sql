-- What each settlement says it took in equals its sale lines, per plan version, campaign version, creator and asset.
WITH changed AS MATERIALIZED (
    SELECT e.line_id, e.eligible
    FROM (SELECT organizer_id, event_id, array_agg(DISTINCT sale_id) AS sales FROM sale_line WHERE seq > 0 GROUP BY organizer_id, event_id) c
    CROSS JOIN LATERAL passa_changed_eligible(c.organizer_id, c.event_id, c.sales) e
)
SELECT settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id
FROM (
    SELECT settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id, lines, gross, tax, fee_platform, fee_payment, net, eligible
    FROM settlement_intake
    UNION ALL
    SELECT m.settlement_id, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id, -count(*), -sum(l.gross), -sum(l.tax),
           -sum(l.fee_platform), -sum(l.fee_payment), -sum(l.net), -sum(coalesce(c.eligible, passa_eligible(l.net, l.gross, 0)))
    FROM sale_line l
    JOIN settlement_line m ON m.organizer_id = l.organizer_id AND m.event_id = l.event_id AND m.line_id = l.id
    LEFT JOIN changed c ON c.line_id = l.id
    GROUP BY m.settlement_id, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id
) both_sides
GROUP BY settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id
HAVING (sum(lines), sum(gross), sum(tax), sum(fee_platform), sum(fee_payment), sum(net), sum(eligible)) <> (0, 0, 0, 0, 0, 0, 0)
