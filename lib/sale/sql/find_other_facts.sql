-- Sales of block $3 (ids $4 to $5) that the book knows with another time or code than the file has. Neither is money: the book keeps
-- what it has, and whoever imports is told. A file without the code says nothing about it.
SELECT s.file_no, s.file_row, s.order_ref, s.line_ref, l.occurred_at, s.at AS file_at, l.code, s.code AS file_code, count(*) OVER () AS sales
FROM sale_staging s
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.id BETWEEN $4 AND $5
WHERE s.block = $3 AND s.role = 's' AND s.tier_id IS NOT NULL
  AND (l.occurred_at <> s.at OR (s.code IS NOT NULL AND l.code IS DISTINCT FROM s.code))
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
ORDER BY s.file_no, s.file_row
LIMIT 10
