-- Order-level fees of known orders of block $3 (ids $4 to $5) whose lines are all given back: they went with the lines that carry
-- them, so they are not spread anew; what was left of them as lines of its own (keep_left_fees) is given back too.
WITH state AS MATERIALIZED (
    SELECT b.id, b.tier_id, (b.gross, b.quantity, b.fee_platform, b.fee_payment) = (b.undone_gross, b.undone_quantity, b.undone_fee_platform, b.undone_fee_payment)
                            OR EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = $3 AND u.role = 'u' AND u.whole AND u.id = b.id) AS is_gone
    FROM passa_sale_state($1, $2, $4, $5) b
), known AS MATERIALIZED (
    SELECT s.id, s.tier_id, s.is_gone, l.source, l.order_ref, l.line_ref
    FROM state s JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.id = s.id
), ended AS (
    SELECT source, order_ref FROM known WHERE tier_id IS NOT NULL GROUP BY source, order_ref HAVING bool_and(is_gone)
    EXCEPT
    SELECT source, order_ref FROM sale_staging s
    WHERE s.block = $3 AND s.role = 's' AND s.tier_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = $3 AND u.role = 'u' AND u.whole AND u.id = s.id)
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
