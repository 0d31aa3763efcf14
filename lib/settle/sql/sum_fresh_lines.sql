-- What the lines before $3 that no settlement has add up to. A plain SELECT, so that PostgreSQL may use several processes. Only
-- lines of changed sales need what came before them to know their part for commissions: few, found by an index of their own.
WITH fresh AS NOT MATERIALIZED (
    SELECT l.id, l.sale_id, l.seq, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id, l.gross, l.tax, l.fee_platform, l.fee_payment, l.net
    FROM sale_line l
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.occurred_at < $3
      AND NOT EXISTS (SELECT 1 FROM settlement_line s WHERE s.organizer_id = $1 AND s.event_id = $2 AND s.line_id = l.id)
), change AS MATERIALIZED (
    SELECT id, sale_id, plan_version_id, campaign_version_id, creator_id, asset_id FROM fresh WHERE seq > 0
), changed AS (
    SELECT e.line_id, e.eligible
    FROM (SELECT array_agg(DISTINCT sale_id) AS sales FROM change) c
    CROSS JOIN LATERAL passa_changed_eligible($1, $2, c.sales) e
    WHERE c.sales IS NOT NULL
), part AS (
    SELECT plan_version_id, campaign_version_id, creator_id, asset_id, count(*) AS lines, sum(gross) AS gross, sum(tax) AS tax,
           sum(fee_platform) AS fee_platform, sum(fee_payment) AS fee_payment, sum(net) AS net,
           sum(net) FILTER (WHERE seq = 0 AND gross <> 0) AS eligible -- as passa_eligible says of a sale before any change
    FROM fresh
    GROUP BY plan_version_id, campaign_version_id, creator_id, asset_id
    UNION ALL
    SELECT plan_version_id, campaign_version_id, creator_id, asset_id, 0, 0, 0, 0, 0, 0, sum(eligible)
    FROM change JOIN changed ON line_id = id
    GROUP BY plan_version_id, campaign_version_id, creator_id, asset_id
)
SELECT plan_version_id, campaign_version_id, creator_id, asset_id, sum(lines) AS lines, sum(gross) AS gross, sum(tax) AS tax,
       sum(fee_platform) AS fee_platform, sum(fee_payment) AS fee_payment, sum(net) AS net, coalesce(sum(eligible), 0) AS eligible
FROM part
GROUP BY plan_version_id, campaign_version_id, creator_id, asset_id
