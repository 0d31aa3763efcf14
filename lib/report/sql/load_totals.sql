-- $1 organizer, $2 event: what the sale lines bring per asset; undone are refunds, cancellations and chargebacks, as negative
-- figures. Unsettled are the lines that no settlement has taken in.
SELECT l.asset_id, s.scale, count(*) AS lines, coalesce(sum(l.quantity), 0) AS tickets,
       coalesce(sum(l.gross) FILTER (WHERE NOT u), 0) AS sold, coalesce(sum(l.gross) FILTER (WHERE u), 0) AS undone,
       sum(l.gross) AS gross, sum(l.tax) AS tax, sum(l.fee_platform) AS fee_platform, sum(l.fee_payment) AS fee_payment, sum(l.net) AS net,
       count(*) FILTER (WHERE m.line_id IS NULL) AS unsettled_lines, coalesce(sum(l.net) FILTER (WHERE m.line_id IS NULL), 0) AS unsettled
FROM sale_line l
CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS u) undoing
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
LEFT JOIN settlement_line m ON m.organizer_id = l.organizer_id AND m.event_id = l.event_id AND m.line_id = l.id
WHERE l.organizer_id = $1 AND l.event_id = $2
GROUP BY l.asset_id, s.scale
ORDER BY l.asset_id
