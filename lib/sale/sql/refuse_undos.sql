-- Undoings of block $3 (ids $4 to $5) that cannot be: of no sale, of more than was sold, or less than was undone already
-- (an older file, or a refund taken back; allowed when $6). A cancellation of a sale that nobody saw is nothing.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5)),
wanted AS (
    SELECT id, max(source) AS source, max(order_ref) AS order_ref, max(line_ref) AS line_ref,
           min(file_no) AS file_no, min(file_row) AS file_row,
           max(gross) FILTER (WHERE role = 's') AS sold,
           coalesce(bool_or(role = 's' AND undo = 'remaining'), false) AS remaining,
           coalesce(bool_or(whole), false) AS whole,
           coalesce(bool_or(NOT whole), false) AS explicit,
           coalesce(sum(gross) FILTER (WHERE role = 'u' AND NOT whole), 0) AS undone
    FROM sale_staging WHERE block = $3 AND role IN ('s', 'u') AND id IS NOT NULL
    GROUP BY id
), judged AS (
    SELECT w.*, coalesce(b.gross, w.sold) AS base, coalesce(b.undone_gross, 0) AS booked,
           CASE WHEN w.whole THEN coalesce(b.gross, w.sold) WHEN w.remaining THEN coalesce(b.gross, w.sold) - w.sold ELSE w.undone END AS goal
    FROM wanted w LEFT JOIN book b ON b.id = w.id
), refused AS (
    SELECT j.*, CASE WHEN base IS NULL AND explicit THEN 'sale.refund_without_sale'
                     WHEN base IS NULL THEN NULL
                     WHEN goal > base THEN 'sale.refund_too_large'
                     WHEN goal < booked AND NOT $6 THEN 'sale.taken_back' END AS code
    FROM judged j
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, source, order_ref, file_no, file_row, NULL, code,
       CASE code WHEN 'sale.refund_without_sale' THEN format('order %s gets money back for a sale that is neither in the file nor in the book', order_ref)
                 WHEN 'sale.refund_too_large' THEN format('line %s of order %s gets more back than was paid', line_ref, order_ref)
                 ELSE format('the book has line %s of order %s as undone, this file does not: an older file, or a refund taken back', line_ref, order_ref) END
FROM refused WHERE code IS NOT NULL
UNION ALL
SELECT block, source, order_ref, file_no, file_row, NULL, 'sale.refund_without_line',
       format('order %s gets money back, and it is not clear for which of its lines', order_ref)
FROM sale_staging WHERE block = $3 AND role = 'u' AND id IS NULL
