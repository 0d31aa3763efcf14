-- An order of block $3 (ids $4 to $5) that its row in the orders table says to be undone tells nothing more of its money: what the
-- book has of its lines stands.
UPDATE sale_staging s
SET gross = b.gross, discount = b.discount, tax = b.tax, fee_platform = b.fee_platform, fee_payment = b.fee_payment, quantity = b.quantity::integer
FROM passa_sale_state($1, $2, $4, $5) b,
     (SELECT DISTINCT source, order_ref FROM sale_staging WHERE block = $3 AND role = 'o' AND undo IS NOT NULL AND gross IS NULL) o
WHERE s.block = $3 AND s.role = 's' AND s.id = b.id AND s.source = o.source AND s.order_ref = o.order_ref
