-- Every line of the sale that line $2 belongs to, or of the orders with reference $3 (the other is null), with versions and
-- evidence.
WITH hit AS (
    SELECT k.event_id, k.sale_id
    FROM event e -- event by event: the event comes before the line in the only index
    CROSS JOIN LATERAL (SELECT event_id, sale_id FROM sale_line WHERE organizer_id = $1 AND event_id = e.id AND id = $2::uuid LIMIT 1) k
    WHERE e.organizer_id = $1
    UNION ALL
    SELECT event_id, sale_id FROM sale_line WHERE organizer_id = $1 AND seq = 0 AND order_ref = $3::text
), sale AS MATERIALIZED (
    SELECT event_id, array_agg(DISTINCT sale_id) AS ids FROM hit GROUP BY event_id
), own AS MATERIALIZED (
    SELECT sale.event_id, e.line_id, e.eligible FROM sale CROSS JOIN LATERAL passa_changed_eligible($1, sale.event_id, sale.ids) e
)
SELECT ev.name AS event, l.id, l.sale_id, l.seq, l.kind, l.source, l.order_ref, l.line_ref, t.name AS tier, l.quantity,
       sp.name || ' v' || v.version AS plan, c.name || ' v' || cv.version AS campaign, p.name AS creator, l.code,
       l.asset_id, s.scale, l.gross, l.discount, l.tax, l.fee_platform, l.fee_payment, l.net, own.eligible, l.occurred_at, l.imported_at,
       l.payment_ref, f.name AS file_name, f.sha256 AS file_sha256, l.file_row, i.profile
FROM own
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = own.event_id AND l.id = own.line_id
JOIN event ev ON ev.organizer_id = l.organizer_id AND ev.id = l.event_id
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
JOIN split_plan_version v ON v.organizer_id = l.organizer_id AND v.event_id = l.event_id AND v.id = l.plan_version_id
JOIN split_plan sp ON sp.organizer_id = v.organizer_id AND sp.event_id = v.event_id AND sp.id = v.plan_id
JOIN sale_import i ON i.organizer_id = l.organizer_id AND i.event_id = l.event_id AND i.id = l.import_id
JOIN sale_import_file f ON f.organizer_id = l.organizer_id AND f.event_id = l.event_id AND f.import_id = l.import_id AND f.file_no = l.file_no
LEFT JOIN tier t ON t.organizer_id = l.organizer_id AND t.event_id = l.event_id AND t.id = l.tier_id
LEFT JOIN campaign_version cv ON cv.organizer_id = l.organizer_id AND cv.event_id = l.event_id AND cv.id = l.campaign_version_id
LEFT JOIN campaign c ON c.organizer_id = cv.organizer_id AND c.event_id = cv.event_id AND c.id = cv.campaign_id
LEFT JOIN party p ON p.organizer_id = l.organizer_id AND p.id = l.creator_id
ORDER BY l.event_id, l.source, length(l.line_ref), l.line_ref, l.seq
LIMIT 10000
