-- Order-level fees of known orders of block $3 (ids $4 to $5) that are given back (quantity 0), like all their lines: they went with
-- the lines that carried them, so they are not spread anew; what was left of them as lines of its own (keep_left_fees) is given
-- back too. A fee that still stands without a line is refused (refuse_stray_fees).
WITH known AS MATERIALIZED (
    SELECT s.id, s.tier_id, s.is_gone, l.source, l.order_ref, l.line_ref
    FROM passa_known_lines($1, $2, $3, $4, $5) s JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.id = s.id
), ended AS (
    SELECT source, order_ref FROM known WHERE tier_id IS NOT NULL GROUP BY source, order_ref HAVING bool_and(is_gone)
    EXCEPT
    SELECT source, order_ref FROM sale_staging s
    WHERE s.block = $3 AND s.role = 's' AND s.tier_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = $3 AND u.role = 'u' AND u.whole AND u.id = s.id)
    EXCEPT
    SELECT source, order_ref FROM sale_staging WHERE block = $3 AND role = 'f' AND quantity IS DISTINCT FROM 0
), told AS (
    UPDATE sale_staging f SET role = 'd' FROM ended e
    WHERE f.block = $3 AND f.role = 'f' AND f.source = e.source AND f.order_ref = e.order_ref
    RETURNING f.source, f.order_ref, f.file_no, f.file_row
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, undo, whole)
SELECT $3, 'u', min(t.file_no), min(t.file_row), k.id, k.source, k.order_ref, k.line_ref, 0, 'cancellation', true
FROM known k JOIN told t USING (source, order_ref)
WHERE NOT k.is_gone AND k.line_ref LIKE 'fee-left-%'
GROUP BY k.id, k.source, k.order_ref, k.line_ref
