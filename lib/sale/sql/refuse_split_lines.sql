-- Lines without a reference have no identity over files: those of an order in block $1 come from one file, else nobody can tell
-- the same ticket twice from two tickets.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL, 'sale.repeated',
       format('the lines of order %s have no reference and stand in more than one file: import the exports one after the other', s.order_ref)
FROM sale_staging s
JOIN (SELECT source, order_ref FROM sale_staging WHERE block = $1 AND role IN ('s', 'u') AND line_ref IS NULL
      GROUP BY source, order_ref HAVING min(file_no) <> max(file_no)) twice
  ON twice.source = s.source AND twice.order_ref = s.order_ref
WHERE s.block = $1 AND s.role IN ('s', 'u') AND s.line_ref IS NULL
