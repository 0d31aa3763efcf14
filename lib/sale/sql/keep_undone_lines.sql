-- An order of block $3 (ids $4 to $5) that its row in the orders table says to be undone tells nothing more of its money but the
-- fees that were kept: what else the book has of its lines stands. Fees that are lines of their own are what is told.
UPDATE sale_staging s
SET gross = b.gross, discount = b.discount, tax = b.tax, quantity = b.quantity::integer,
    fee_platform = CASE WHEN o.tells_fees THEN s.fee_platform ELSE b.fee_platform END,
    fee_payment = CASE WHEN o.tells_fees THEN s.fee_payment ELSE b.fee_payment END
FROM passa_sale_state($1, $2, $4, $5) b,
     (SELECT source, order_ref, bool_or(role = 'f') AS tells_fees FROM sale_staging WHERE block = $3 AND role IN ('o', 'f')
      GROUP BY source, order_ref HAVING bool_or(role = 'o' AND undo IS NOT NULL AND gross IS NULL)) o
WHERE s.block = $3 AND s.role = 's' AND s.tier_id IS NOT NULL AND s.id = b.id AND s.source = o.source AND s.order_ref = o.order_ref
