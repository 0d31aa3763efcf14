-- Orders of block $1 whose lines and fees do not add up to the total that the export gives for the order. $2: decimals of the
-- currency, $3: fees were paid beside the prices. Asked before fees are spread: the files are held against themselves.
-- A fee that is ignored, such as a gift card, is part of that total.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT o.block, o.source, o.order_ref, o.file_no, o.file_row, NULL, 'sale.total_differs',
       format('the lines and fees of order %s add up to %s, the order says %s', o.order_ref,
              round(l.gross / 10::numeric ^ $2::integer, $2::integer), round(o.gross / 10::numeric ^ $2::integer, $2::integer))
FROM sale_staging o
JOIN (SELECT source, order_ref, sum(gross) AS gross FROM sale_staging
      WHERE block = $1 AND (role = 's' OR (role IN ('f', 'i') AND $3))
      GROUP BY source, order_ref HAVING bool_or(role = 's' OR (role = 'f' AND whole))) l
  ON l.source = o.source AND l.order_ref = o.order_ref
WHERE o.block = $1 AND o.role = 'o' AND o.gross IS NOT NULL AND o.gross <> l.gross
