-- How many sales of block $3 (ids $4 to $5) are accepted and not in the book yet.
SELECT count(*) AS lines FROM sale_staging s
WHERE s.block = $3 AND s.role = 's'
  AND NOT EXISTS (SELECT 1 FROM sale_line k WHERE k.organizer_id = $1 AND k.event_id = $2 AND k.id BETWEEN $4 AND $5 AND k.id = s.id)
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
