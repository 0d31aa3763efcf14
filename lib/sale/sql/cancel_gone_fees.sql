-- Fees that the book has as lines of their own and the fee rows of block $3 (ids $4 to $5) tell as cancelled, with none of
-- their kind left, are staged as cancelled. So is what was left of spread fees (keep_left_fees), once the order's fees are
-- all cancelled or all lines of their own. $6: the files hold a fees table out of which a cancelled fee vanishes, so of the
-- orders that they tell they tell every fee.
WITH live AS MATERIALIZED (
    SELECT b.id FROM passa_sale_state($1, $2, $4, $5) b
    WHERE b.tier_id IS NULL
      AND (b.gross, b.fee_platform, b.fee_payment) <> (b.undone_gross, b.undone_fee_platform, b.undone_fee_payment)
), gone AS MATERIALIZED (
    SELECT source, order_ref, undo AS kind, min(file_no) AS file_no, min(file_row) AS file_row
    FROM sale_staging WHERE block = $3 AND role = 'c' GROUP BY source, order_ref, undo
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, undo, whole)
SELECT $3, 'u', g.file_no, g.file_row, v.id, g.source, g.order_ref, 'fee-' || g.kind, 0, 'cancellation', true
FROM gone g JOIN live v ON v.id = passa_line_id($2, g.source, g.order_ref, 'fee-' || g.kind)
WHERE NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role = 's' AND s.id = v.id)
UNION ALL
SELECT $3, 'u', t.file_no, t.file_row, l.id, l.source, l.order_ref, l.line_ref, 0, 'cancellation', true
FROM live v
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = v.id AND l.id BETWEEN $4 AND $5 AND l.seq = 0
JOIN (SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row FROM sale_staging
      WHERE block = $3 GROUP BY source, order_ref) t ON t.source = l.source AND t.order_ref = l.order_ref
WHERE $6 AND l.line_ref IN ('fee-platform', 'fee-payment', 'fee-income')
  AND NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND (s.role = 's' AND s.id = v.id OR s.role = 'c' AND s.source = l.source
                  AND s.order_ref = l.order_ref AND 'fee-' || s.undo = l.line_ref))
UNION ALL
SELECT $3, 'u', t.file_no, t.file_row, l.id, l.source, l.order_ref, l.line_ref, 0, 'cancellation', true
FROM live v
JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = v.id AND l.id BETWEEN $4 AND $5 AND l.seq = 0
JOIN (SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row FROM sale_staging
      WHERE block = $3 AND (role IN ('c', 'f') OR (role = 's' AND tier_id IS NULL)) GROUP BY source, order_ref HAVING NOT bool_or(role = 'f')) t
  ON t.source = l.source AND t.order_ref = l.order_ref
WHERE l.line_ref LIKE 'fee-left-%'
