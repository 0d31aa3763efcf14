-- A row of block $1 that takes money back without naming its line belongs to the only line of its order and tier with at
-- least that much; where none or several fit, it stays without an id and its order is refused.
UPDATE sale_staging u
SET id = fit.id, line_ref = fit.line_ref
FROM (
    SELECT r.file_no, r.file_row, min(s.id::text)::uuid AS id, min(s.line_ref) AS line_ref
    FROM sale_staging r
    JOIN sale_staging s ON s.block = $1 AND s.role = 's' AND s.source = r.source AND s.order_ref = r.order_ref
                       AND s.tier_id = r.tier_id AND s.gross >= r.gross
    WHERE r.block = $1 AND r.role = 'r' AND r.id IS NULL
    GROUP BY r.file_no, r.file_row HAVING count(*) = 1
) fit
WHERE u.block = $1 AND u.role = 'r' AND u.id IS NULL AND u.file_no = fit.file_no AND u.file_row = fit.file_row
