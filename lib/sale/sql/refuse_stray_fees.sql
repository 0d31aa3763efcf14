-- Order-level fees of block $1 whose order has no line to carry them.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT f.block, f.source, f.order_ref, f.file_no, f.file_row, NULL, 'sale.fee_without_line',
       format('order %s has fees but no line to carry them', f.order_ref)
FROM sale_staging f
WHERE f.block = $1 AND f.role = 'f' AND f.gross <> 0
  AND NOT EXISTS (SELECT 1 FROM sale_staging s
                  WHERE s.block = $1 AND s.role = 's' AND s.source = f.source AND s.order_ref = f.order_ref)
