-- Every input row of every refused order: with its own reason, or that of the order's first refused row.
INSERT INTO sale_refused_row (file_no, file_row, bad_column, bad_code, bad_reason)
SELECT DISTINCT ON (s.file_no, s.file_row) s.file_no, s.file_row, own.bad_column, coalesce(own.bad_code, 'sale.order_refused'),
       coalesce(own.bad_reason, format('order %s is refused as a whole for its row on line %s: %s', o.order_ref, o.file_row, o.bad_reason))
FROM sale_staging s
JOIN (SELECT DISTINCT ON (block, source, order_ref) block, source, order_ref, file_row, bad_reason
      FROM sale_refused WHERE order_ref IS NOT NULL ORDER BY block, source, order_ref, file_no, file_row) o
  ON o.block = s.block AND o.source = s.source AND o.order_ref = s.order_ref
LEFT JOIN sale_refused own ON own.file_no = s.file_no AND own.file_row = s.file_row
ORDER BY s.file_no, s.file_row, own.bad_code
