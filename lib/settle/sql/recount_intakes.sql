-- What each settlement of the event took in, counted from the sale lines, and when the newest of them occurred; only those up to and
-- including $3 (null: all), oldest first.
WITH line AS MATERIALIZED (
    SELECT t.settled_at, t.id AS settlement_id, l.id, l.sale_id, l.seq, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id,
           l.occurred_at, l.gross, l.tax, l.fee_platform, l.fee_payment, l.net
    FROM settlement t
    JOIN settlement_line m ON m.organizer_id = t.organizer_id AND m.event_id = t.event_id AND m.settlement_id = t.id
    JOIN sale_line l ON l.organizer_id = m.organizer_id AND l.event_id = m.event_id AND l.id = m.line_id
    WHERE t.organizer_id = $1 AND t.event_id = $2
      AND ($3::uuid IS NULL OR (t.settled_at, t.id) <= (SELECT settled_at, id FROM settlement WHERE organizer_id = $1 AND event_id = $2 AND id = $3))
), changed AS MATERIALIZED (
    SELECT e.line_id, e.eligible
    FROM (SELECT array_agg(DISTINCT sale_id) AS sales FROM line WHERE seq > 0) c
    CROSS JOIN LATERAL passa_changed_eligible($1, $2, c.sales) e
    WHERE c.sales IS NOT NULL
)
SELECT l.settlement_id, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id, s.scale, sum(l.gross) AS gross, sum(l.tax) AS tax,
       sum(l.fee_platform) AS fee_platform, sum(l.fee_payment) AS fee_payment,
       sum(coalesce(c.eligible, passa_eligible(l.net, l.gross, 0))) AS eligible,
       max(l.occurred_at) AS newest
FROM line l
JOIN asset s ON s.organizer_id = $1 AND s.id = l.asset_id
LEFT JOIN changed c ON c.line_id = l.id
GROUP BY l.settled_at, l.settlement_id, l.plan_version_id, l.campaign_version_id, l.creator_id, l.asset_id, s.scale
ORDER BY l.settled_at, l.settlement_id
