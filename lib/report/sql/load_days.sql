-- $1 organizer, $2 event, $3 asset: sales by day of the event's zone; undone lines on the day they were undone, as negative figures.
SELECT (l.occurred_at AT TIME ZONE e.zone)::date AS day, coalesce(sum(l.quantity), 0) AS tickets,
       coalesce(sum(l.gross) FILTER (WHERE NOT u), 0) AS sold, coalesce(sum(l.gross) FILTER (WHERE u), 0) AS undone
FROM sale_line l
CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS u) undoing
JOIN event e ON e.organizer_id = l.organizer_id AND e.id = l.event_id
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.asset_id = $3
GROUP BY 1
ORDER BY 1
