-- Codes that only the orders report knows, onto the lines of block $1 that have none.
UPDATE sale_staging s
SET code = o.code
FROM (SELECT source, order_ref, min(code) AS code FROM sale_staging
      WHERE block = $1 AND role = 'o' AND code IS NOT NULL GROUP BY source, order_ref) o
WHERE s.block = $1 AND s.role = 's' AND s.code IS NULL AND s.source = o.source AND s.order_ref = o.order_ref
