-- Where an order's total tells which part of its fees and tax the buyer paid beside the prices: orders of block $1 whose total
-- is less than their lines, or more than their lines, fees and tax. $2: decimals of the currency.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT o.block, o.source, o.order_ref, o.file_no, o.file_row, NULL, 'sale.total_differs',
       format('the lines of order %s add up to %s, its fees and tax to %s, the order says %s', o.order_ref,
              round(l.gross / 10::numeric ^ $2::integer, $2::integer),
              round((o.tax + o.fee_platform + o.fee_payment) / 10::numeric ^ $2::integer, $2::integer),
              round(o.gross / 10::numeric ^ $2::integer, $2::integer))
FROM sale_staging o
JOIN (SELECT source, order_ref, sum(gross) AS gross FROM sale_staging WHERE block = $1 AND role = 's' GROUP BY source, order_ref) l
  ON l.source = o.source AND l.order_ref = o.order_ref
WHERE o.block = $1 AND o.role = 'o' AND o.gross IS NOT NULL
  AND o.gross NOT BETWEEN l.gross AND l.gross + o.tax + o.fee_platform + o.fee_payment
