-- How the event $2, or the $4 events whose day is nearest to $3, sell and are settled. Sums over imports and settlements, not over sales.
SELECT e.name, e.currency_id, a.scale, t.sold, t.capacity, i.lines, i.is_importing, i.imported_at,
       i.lines - s.lines AS unsettled, s.through, s.net
FROM (
    SELECT id, name, currency_id, starts_at FROM event v
    WHERE v.organizer_id = $1 AND ($2::uuid IS NULL OR v.id = $2)
      AND ($2::uuid IS NOT NULL OR NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = v.organizer_id AND o.id = v.id AND o.archived_at IS NOT NULL))
    ORDER BY abs(extract(epoch FROM v.starts_at - $3::timestamptz)), v.name
    LIMIT $4
) e
JOIN asset a ON a.organizer_id = $1 AND a.id = e.currency_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(c.sold), 0)::bigint AS sold, CASE WHEN bool_or(r.capacity IS NULL) THEN NULL ELSE sum(r.capacity)::bigint END AS capacity
    FROM tier r
    LEFT JOIN tier_sold c ON c.organizer_id = r.organizer_id AND c.event_id = r.event_id AND c.tier_id = r.id
    WHERE r.organizer_id = $1 AND r.event_id = e.id) t
CROSS JOIN LATERAL (
    SELECT coalesce(sum(m.lines_sold + m.lines_refunded), 0)::bigint AS lines, coalesce(bool_or(m.state = 'running'), false) AS is_importing,
           max(m.finished_at) AS imported_at
    FROM sale_import m WHERE m.organizer_id = $1 AND m.event_id = e.id) i
CROSS JOIN LATERAL (
    SELECT (SELECT coalesce(sum(p.lines), 0)::bigint FROM settlement p WHERE p.organizer_id = $1 AND p.event_id = e.id) AS lines,
           (SELECT max(p.through) FROM settlement p WHERE p.organizer_id = $1 AND p.event_id = e.id) AS through,
           (SELECT coalesce(sum(k.net), 0)::text FROM settlement_intake k
            WHERE k.organizer_id = $1 AND k.event_id = e.id AND k.asset_id = e.currency_id) AS net) s
ORDER BY e.starts_at, e.name
