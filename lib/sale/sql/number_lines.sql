-- Lines without a reference of their own, of block $1: numbered within file, order and tier by what they say, never by where
-- they stand in the file; cancelled and undone ones first, because later files only ever undo more. $2 is the event: the id is
-- made as in lib/sale/line_id.cpp.
WITH lines AS (
    SELECT s.*, EXISTS (SELECT 1 FROM sale_staging u
                        WHERE u.block = $1 AND u.role = 'u' AND u.file_no = s.file_no AND u.file_row = s.file_row) AS is_undone
    FROM sale_staging s
    WHERE s.block = $1 AND s.line_ref IS NULL
      AND (s.role = 's'
           OR (s.role = 'u' AND NOT EXISTS (SELECT 1 FROM sale_staging same
                                            WHERE same.block = $1 AND same.role = 's' AND same.file_no = s.file_no AND same.file_row = s.file_row)))
), numbered AS (
    SELECT file_no, file_row,
           coalesce(tier_id::text, '') || '-' || row_number() OVER (
               PARTITION BY file_no, source, order_ref, tier_id
               ORDER BY gross DESC, tax DESC, fee_platform DESC, fee_payment DESC, discount DESC, quantity DESC, role DESC,
                        at, is_undone DESC, coalesce(code, ''), file_row) AS line_ref
    FROM lines
)
UPDATE sale_staging s
SET line_ref = n.line_ref, id = passa_line_id($2, s.source, s.order_ref, n.line_ref)
FROM numbered n
WHERE s.block = $1 AND s.role IN ('s', 'u') AND s.file_no = n.file_no AND s.file_row = n.file_row
