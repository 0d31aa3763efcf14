-- Refund rows of block $1 get the name that tells one from another: the file's own reference, or what the row says and how
-- often its file says so.
UPDATE sale_staging s SET code = n.ref
FROM (SELECT file_no, file_row,
             CASE WHEN code IS NOT NULL THEN 'ref ' || code
                  ELSE concat_ws(' ', 'row', undo, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.USZ'), payment_ref, gross,
                                 row_number() OVER (PARTITION BY file_no, id, undo, at, payment_ref, gross ORDER BY file_row)) END AS ref
      FROM sale_staging WHERE block = $1 AND role = 'r' AND id IS NOT NULL) n
WHERE s.block = $1 AND s.role = 'r' AND s.file_no = n.file_no AND s.file_row = n.file_row
