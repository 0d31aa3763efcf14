-- Takes in the lines before $4 that no settlement has, and sums them: membership and totals in one pass over the same rows.
WITH fresh AS MATERIALIZED (
    SELECT l.id, CASE WHEN l.seq > 0 THEN l.sale_id END AS changed_sale, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id, l.gross, l.tax, l.fee_platform, l.fee_payment, l.net
    FROM sale_line l
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.occurred_at < $4
      AND NOT EXISTS (SELECT 1 FROM settlement_line s WHERE s.organizer_id = $1 AND s.event_id = $2 AND s.line_id = l.id)
), changed AS MATERIALIZED (
    SELECT e.line_id, e.eligible
    FROM (SELECT array_agg(DISTINCT changed_sale) AS sales FROM fresh WHERE changed_sale IS NOT NULL) c
    CROSS JOIN LATERAL passa_changed_eligible($1, $2, c.sales) e
    WHERE c.sales IS NOT NULL
), member AS (
    INSERT INTO settlement_line (organizer_id, event_id, line_id, settlement_id)
    SELECT $1, $2, id, $3 FROM fresh
)
INSERT INTO settlement_intake (organizer_id, event_id, settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id,
    lines, gross, tax, fee_platform, fee_payment, net, eligible)
SELECT $1, $2, $3, f.plan_version_id, f.campaign_version_id, f.creator_id, f.asset_id,
       count(*), sum(f.gross), sum(f.tax), sum(f.fee_platform), sum(f.fee_payment), sum(f.net),
       coalesce(sum(c.eligible), 0) + coalesce(sum(f.net) FILTER (WHERE f.gross <> 0 AND c.line_id IS NULL), 0) -- as passa_eligible says
FROM fresh f
LEFT JOIN changed c ON c.line_id = f.id
GROUP BY f.plan_version_id, f.campaign_version_id, f.creator_id, f.asset_id
RETURNING lines
