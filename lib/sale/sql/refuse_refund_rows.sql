-- Refund rows of block $3 (ids $4 to $5) that contradict one another or the book: one reference with different amounts. And
-- rows without reference or a time of their own that look like one from another file: where files hold only news ($6),
-- nobody can tell whether they are the same refund. $7: SHA-256 of this import's files in their order, in hex, with commas.
WITH sold AS MATERIALIZED (
    SELECT id, at FROM sale_staging WHERE block = $3 AND role = 's'
    UNION ALL
    SELECT id, occurred_at FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND seq = 0
), told AS MATERIALIZED (
    SELECT id, code AS ref, gross, discount, tax, fee_platform, fee_payment,
           (string_to_array($7, ','))[file_no] AS file, file_row
    FROM sale_staging WHERE block = $3 AND role = 'r' AND id IS NOT NULL
    UNION ALL
    SELECT k.sale_id, k.ref, k.gross, k.discount, k.tax, k.fee_platform, k.fee_payment, encode(f.sha256, 'hex'), k.file_row
    FROM sale_refund_row k
    JOIN sale_import_file f ON f.organizer_id = $1 AND f.event_id = $2 AND f.import_id = k.import_id AND f.file_no = k.file_no
    WHERE k.organizer_id = $1 AND k.event_id = $2 AND k.sale_id BETWEEN $4 AND $5
), unclear AS (
    SELECT id, ref, count(DISTINCT (gross, discount, tax, fee_platform, fee_payment)) > 1 AS differ
    FROM told GROUP BY id, ref
    HAVING count(DISTINCT (gross, discount, tax, fee_platform, fee_payment)) > 1 OR count(DISTINCT (file, file_row)) > 1
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL,
       CASE WHEN u.differ THEN 'sale.refund_differs' ELSE 'sale.refund_unclear' END,
       CASE WHEN u.differ THEN format('order %s: a refund with this reference has other amounts elsewhere', s.order_ref)
            ELSE format('order %s: another file holds a refund of this amount, and the row has no reference or time to tell whether it is the same', s.order_ref) END
FROM sale_staging s JOIN unclear u ON u.id = s.id AND u.ref = s.code
WHERE s.block = $3 AND s.role = 'r'
  AND (u.differ OR ($6 AND s.code LIKE 'row %' AND EXISTS (SELECT 1 FROM sold o WHERE o.id = s.id AND o.at = s.at)))
