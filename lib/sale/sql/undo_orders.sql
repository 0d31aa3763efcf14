-- Orders of block $3 (ids $4 to $5) that their row in the orders table says to be undone: every line of theirs, in the files
-- or sold in the book, is staged as undone, where no row of its own says so.
WITH ended AS MATERIALIZED (
    SELECT source, order_ref, min(undo) AS undo, min(file_no) AS file_no, min(file_row) AS file_row
    FROM sale_staging WHERE block = $3 AND role = 'o' AND undo IS NOT NULL GROUP BY source, order_ref
), staged AS MATERIALIZED (
    SELECT s.id, s.source, s.order_ref, s.line_ref, s.tier_id, s.quantity FROM sale_staging s WHERE s.block = $3 AND s.role = 's'
), live AS MATERIALIZED (
    SELECT b.id, b.quantity FROM passa_sale_state($1, $2, $4, $5) b
    WHERE b.tier_id IS NOT NULL AND (b.gross <> b.undone_gross OR b.quantity <> b.undone_quantity)
), line AS (
    SELECT * FROM staged
    UNION ALL
    SELECT l.id, l.source, l.order_ref, l.line_ref, l.tier_id, v.quantity
    FROM live v JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = v.id AND l.id BETWEEN $4 AND $5
    WHERE NOT EXISTS (SELECT 1 FROM staged s WHERE s.id = l.id) -- what the files say of a line goes before what the book has
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, tier_id, quantity, undo, whole)
SELECT $3, 'u', max(e.file_no), max(e.file_row), l.id, l.source, l.order_ref, max(l.line_ref), max(l.tier_id::text)::uuid,
       max(l.quantity), max(e.undo), true
FROM ended e JOIN line l ON l.source = e.source AND l.order_ref = e.order_ref
WHERE NOT EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = $3 AND u.role = 'u' AND u.whole AND u.id = l.id)
GROUP BY l.id, l.source, l.order_ref
