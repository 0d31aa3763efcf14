-- The newest sales of an event with what became of them. $3 status or null, $4 how many.
SELECT * FROM (
    SELECT l.sale_id AS id, min(l.order_ref) AS order_ref, min(l.line_ref) AS line_ref, min(t.name) AS tier,
           CASE WHEN bool_and(NOT u)
                     OR coalesce(sum(l.gross) FILTER (WHERE u), 0) = 0
                        AND coalesce(sum(l.quantity) FILTER (WHERE u), 0) = 0 THEN 'paid'
                WHEN sum(l.gross) > 0 THEN 'partially_refunded'
                WHEN (array_agg(l.kind ORDER BY l.seq DESC))[1] = 'chargeback' THEN 'chargeback'
                WHEN (array_agg(l.kind ORDER BY l.seq DESC))[1] = 'cancellation' THEN 'cancelled'
                ELSE 'refunded' END AS status,
           sum(l.quantity) AS quantity, min(l.code) AS code, min(p.name) AS creator, min(l.asset_id) AS asset_id,
           min(s.scale) AS scale, sum(l.gross) AS gross, sum(l.net) AS net,
           passa_eligible(coalesce(sum(l.net) FILTER (WHERE NOT u), 0), coalesce(sum(l.gross) FILTER (WHERE NOT u), 0),
                          -coalesce(sum(l.gross) FILTER (WHERE u), 0)) AS eligible,
           min(l.occurred_at) FILTER (WHERE l.seq = 0) AS sold_at
    FROM sale_line l
    CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS u) undoing
    JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
    LEFT JOIN tier t ON t.organizer_id = l.organizer_id AND t.event_id = l.event_id AND t.id = l.tier_id
    LEFT JOIN party p ON p.organizer_id = l.organizer_id AND p.id = l.creator_id
    WHERE l.organizer_id = $1 AND l.event_id = $2
    GROUP BY l.sale_id
) sales
WHERE $3::text IS NULL OR status = $3
ORDER BY sold_at DESC, order_ref, length(line_ref), line_ref, id
LIMIT $4
