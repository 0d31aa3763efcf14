-- Lines of block $3 (ids $4 to $5) that the book knows under another tier.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL, 'sale.tier_differs',
       format('the book has line %s of order %s under another tier', s.line_ref, s.order_ref)
FROM sale_staging s
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.id BETWEEN $4 AND $5
WHERE s.block = $3 AND s.role = 's' AND l.tier_id IS DISTINCT FROM s.tier_id
