-- Sales of this import that were not refused, and undoings of sales that nobody ever saw (they are nothing).
SELECT count(*) FILTER (WHERE s.role = 's') AS sales,
       count(*) FILTER (WHERE s.role = 'u' AND s.whole
                          AND NOT EXISTS (SELECT 1 FROM sale_staging k WHERE k.block = s.block AND k.role = 's' AND k.id = s.id)
                          AND NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id)) AS idle
FROM sale_staging s
WHERE s.role IN ('s', 'u')
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = s.block AND r.source = s.source AND r.order_ref = s.order_ref)
