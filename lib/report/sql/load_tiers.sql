-- $1 organizer, $2 event, $3 asset: sales by tier; without a tier are fees of whole orders.
SELECT coalesce(t.title, 'Fees of whole orders') AS title, t.capacity, coalesce(sum(l.quantity), 0) AS tickets,
       coalesce(sum(l.gross) FILTER (WHERE NOT u), 0) AS sold, coalesce(sum(l.gross) FILTER (WHERE u), 0) AS undone,
       sum(l.gross) AS gross, sum(l.tax) AS tax, sum(l.fee_platform + l.fee_payment) AS fees, sum(l.net) AS net
FROM sale_line l
CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS u) undoing
LEFT JOIN tier t ON t.organizer_id = l.organizer_id AND t.event_id = l.event_id AND t.id = l.tier_id
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.asset_id = $3
GROUP BY t.id, t.title, t.capacity
ORDER BY sum(l.gross) DESC, t.title
