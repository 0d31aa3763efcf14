-- Fee rows carry no reference of their own, so nobody can tell whether those of an order in a second file are the same once
-- more or others: an order's fees in block $1 come from one file.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT f.block, f.source, f.order_ref, f.file_no, f.file_row, NULL, 'sale.repeated',
       format('the fees of order %s stand in more than one file: import the exports one after the other', f.order_ref)
FROM sale_staging f
JOIN (SELECT source, order_ref FROM sale_staging WHERE block = $1 AND role = 'f'
      GROUP BY source, order_ref HAVING min(file_no) <> max(file_no)) twice
  ON twice.source = f.source AND twice.order_ref = f.order_ref
WHERE f.block = $1 AND f.role = 'f'
