-- Undoings of block $3 (ids $4 to $5) that cannot be: of no sale, of more than was sold, of an amount that nobody tells, or less
-- than was undone already (an older file, or a refund taken back; allowed when $6). $7: files hold only news, so refund rows
-- of other files count as well. A cancellation of a sale that nobody saw is nothing.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5)),
staged AS MATERIALIZED (
    SELECT * FROM sale_staging WHERE block = $3 AND role IN ('s', 'u', 'r') AND id IS NOT NULL
), refunds AS (
    SELECT id, sum(gross) AS gross
    FROM (SELECT id, code AS ref, gross FROM staged WHERE role = 'r'
          UNION SELECT sale_id, ref, gross FROM sale_refund_row
          WHERE $7 AND organizer_id = $1 AND event_id = $2 AND sale_id BETWEEN $4 AND $5) known
    GROUP BY id
), said AS (
    SELECT id, max(source) AS source, max(order_ref) AS order_ref, max(line_ref) AS line_ref,
           min(file_no) AS file_no, min(file_row) AS file_row,
           max(gross) FILTER (WHERE role = 's') AS sold,
           coalesce(bool_or(role = 's' AND undo = 'remaining'), false) AS remaining,
           coalesce(bool_or(whole), false) AS whole,
           coalesce(bool_or(NOT whole), false) AS explicit,
           coalesce(max(gross) FILTER (WHERE role = 'u' AND NOT whole), 0) AS undone
    FROM staged GROUP BY id
), judged AS (
    SELECT s.*, b.id IS NOT NULL AS known, coalesce(b.gross, s.sold) AS base, coalesce(b.undone_gross, 0) AS booked,
           CASE WHEN s.whole THEN coalesce(b.gross, s.sold)
                ELSE greatest(r.gross, CASE WHEN s.remaining THEN coalesce(b.gross, s.sold) - s.sold ELSE s.undone END) END AS goal
    FROM said s LEFT JOIN book b ON b.id = s.id LEFT JOIN refunds r ON r.id = s.id
), refused AS (
    SELECT j.*, CASE WHEN base IS NULL AND explicit THEN 'sale.refund_without_sale'
                     WHEN base IS NULL THEN NULL
                     WHEN goal > base THEN 'sale.refund_too_large'
                     WHEN remaining AND NOT whole AND (NOT known OR goal = 0) THEN 'sale.refund_unknown'
                     WHEN goal < booked AND NOT $6 THEN 'sale.taken_back' END AS code
    FROM judged j
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, source, order_ref, file_no, file_row, NULL, code,
       CASE code WHEN 'sale.refund_without_sale' THEN CASE WHEN goal = 0 THEN format('order %s is charged a fee for a sale that is neither in the file nor in the book', order_ref) ELSE format('order %s gets money back for a sale that is neither in the file nor in the book', order_ref) END
                 WHEN 'sale.refund_too_large' THEN format('line %s of order %s gets more back than was paid', line_ref, order_ref)
                 WHEN 'sale.refund_unknown' THEN format('line %s of order %s is partially refunded, but neither the file nor the book tells how much', line_ref, order_ref)
                 ELSE format('the book has line %s of order %s as undone, this file does not: an older file, or a refund taken back', line_ref, order_ref) END
FROM refused WHERE code IS NOT NULL
UNION ALL
SELECT block, source, order_ref, file_no, file_row, NULL, 'sale.refund_without_line',
       format('order %s gets money back, and it is not clear for which of its lines', order_ref)
FROM sale_staging WHERE block = $3 AND role = 'r' AND id IS NULL
