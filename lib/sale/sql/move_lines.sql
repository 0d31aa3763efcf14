-- Lines of block $3 (ids $4 to $5) that the book has under another tier: the order was changed there. What a line became is a
-- line of its own, named after both, and the line that it was is cancelled. Only where corrections are accepted ($6); once the
-- book has it so, it is known without them.
WITH moved AS MATERIALIZED (
    SELECT s.file_no, s.file_row, s.role, l.id AS was_id, l.source, l.order_ref, l.line_ref, l.tier_id, l.quantity,
           l.line_ref || ' ' || t.name AS new_ref, passa_line_id($2, l.source, l.order_ref, l.line_ref || ' ' || t.name) AS new_id
    FROM sale_staging s
    JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.id BETWEEN $4 AND $5 AND l.seq = 0
    JOIN tier t ON t.organizer_id = $1 AND t.event_id = $2 AND t.id = s.tier_id
    WHERE s.block = $3 AND s.role IN ('s', 'u', 'p') AND l.tier_id <> s.tier_id
), known AS (
    SELECT * FROM moved m
    WHERE $6 OR EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = m.new_id AND l.seq = 0)
), renamed AS (
    UPDATE sale_staging s SET id = k.new_id, line_ref = k.new_ref
    FROM known k WHERE s.block = $3 AND s.role = k.role AND s.file_no = k.file_no AND s.file_row = k.file_row
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, tier_id, quantity, undo, whole)
SELECT $3, 'u', min(file_no), min(file_row), was_id, source, order_ref, line_ref, tier_id, quantity, 'cancellation', true
FROM known GROUP BY was_id, source, order_ref, line_ref, tier_id, quantity
