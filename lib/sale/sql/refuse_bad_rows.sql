-- What the first pass could not read takes its order with it.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason FROM sale_staging WHERE role = 'x'
