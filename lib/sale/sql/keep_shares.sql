-- What the book has spread of order-level fees onto known lines of block $3 (ids $4 to $5) stays with them: a line that vanishes
-- or joins later does not move money between the others. $6: fees were paid beside the prices, so gross grows by them.
UPDATE sale_staging s
SET share_platform = k.platform, share_payment = k.payment, share_tax = k.tax,
    gross = s.gross + CASE WHEN $6 THEN k.platform + k.payment + k.tax ELSE 0 END,
    tax = s.tax + CASE WHEN $6 THEN k.tax ELSE 0 END,
    fee_platform = s.fee_platform + k.platform + CASE WHEN $6 THEN 0 ELSE k.tax END,
    fee_payment = s.fee_payment + k.payment
FROM (SELECT sale_id, sum(share_platform) AS platform, sum(share_payment) AS payment, sum(share_tax) AS tax
      FROM sale_line
      WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND share_platform IS NOT NULL
      GROUP BY sale_id) k
WHERE s.block = $3 AND s.role = 's' AND s.id = k.sale_id
