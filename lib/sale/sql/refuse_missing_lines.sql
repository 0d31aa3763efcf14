-- Orders of block $3 (ids $4 to $5) that come without a line that the book has as sold.
WITH live AS MATERIALIZED (
    SELECT b.id FROM passa_sale_state($1, $2, $4, $5) b
    WHERE b.tier_id IS NOT NULL AND (b.gross <> b.undone_gross OR b.quantity <> b.undone_quantity)
), told AS MATERIALIZED (
    SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row FROM sale_staging
    WHERE block = $3 AND role IN ('s', 'u', 'r', 'p') GROUP BY source, order_ref
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, t.source, t.order_ref, t.file_no, t.file_row, NULL, 'sale.line_missing',
       format('the book has line %s of order %s as sold, the file has the order without it', l.line_ref, l.order_ref)
FROM live v
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = v.id AND l.id BETWEEN $4 AND $5
JOIN told t ON t.source = l.source AND t.order_ref = l.order_ref
WHERE NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role IN ('s', 'u', 'p') AND s.id = l.id)
