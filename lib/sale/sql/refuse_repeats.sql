-- The same line twice in the files of one import, with different money or tier: nobody knows which is right.
WITH twice AS (
    SELECT id FROM sale_staging WHERE block = $1 AND role = 's'
    GROUP BY id
    HAVING count(DISTINCT (tier_id, quantity, gross, discount, tax, fee_platform, fee_payment)) > 1
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL, 'sale.repeated',
       format('line %s of order %s comes more than once, with different figures', s.line_ref, s.order_ref)
FROM sale_staging s JOIN twice t ON t.id = s.id
WHERE s.block = $1 AND s.role = 's'
