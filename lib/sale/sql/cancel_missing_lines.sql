-- Where a cancelled line vanishes from its order (the profile says so): lines of the orders in block $3 (ids $4 to $5) that the
-- book has as sold and the file does not have any more are staged as cancelled.
WITH live AS MATERIALIZED (
    SELECT b.id, b.quantity FROM passa_sale_state($1, $2, $4, $5) b
    WHERE b.tier_id IS NOT NULL AND (b.gross <> b.undone_gross OR b.quantity <> b.undone_quantity)
), told AS MATERIALIZED (
    SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row FROM sale_staging
    WHERE block = $3 AND role IN ('s', 'u', 'r', 'p') GROUP BY source, order_ref
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, tier_id, quantity, undo, whole)
SELECT $3, 'u', t.file_no, t.file_row, l.id, l.source, l.order_ref, l.line_ref, l.tier_id, v.quantity, 'cancellation', true
FROM live v
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = v.id AND l.id BETWEEN $4 AND $5
JOIN told t ON t.source = l.source AND t.order_ref = l.order_ref
WHERE NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role IN ('s', 'u', 'p') AND s.id = l.id)
