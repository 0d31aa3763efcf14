-- Lines of block $3 (ids $4 to $5) that the book knows with other figures. What a row says to be left of a sale may be less.
-- $6: decimals of the currency.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5))
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL, 'sale.money_differs',
       format('the book has line %s of order %s with gross %s, tax %s, fees %s, %s tickets; the file says %s, %s, %s, %s',
              s.line_ref, s.order_ref, round(b.gross / 10::numeric ^ $6::integer, $6::integer), round(b.tax / 10::numeric ^ $6::integer, $6::integer),
              round((b.fee_platform + b.fee_payment) / 10::numeric ^ $6::integer, $6::integer), b.quantity,
              round(s.gross / 10::numeric ^ $6::integer, $6::integer), round(s.tax / 10::numeric ^ $6::integer, $6::integer),
              round((s.fee_platform + s.fee_payment) / 10::numeric ^ $6::integer, $6::integer), s.quantity)
FROM sale_staging s
JOIN book b ON b.id = s.id
WHERE s.block = $3 AND s.role = 's'
  AND (s.gross, s.discount, s.tax, s.fee_platform, s.fee_payment, s.quantity)
      IS DISTINCT FROM (b.gross, b.discount, b.tax, b.fee_platform, b.fee_payment, b.quantity)
  AND NOT (s.undo IS NOT DISTINCT FROM 'remaining' AND s.gross <= b.gross)
