-- Rows of a time after $1. Per file: $2 the header of the time of sale, $3 that of the undoing. $4 how the profile reads dates.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row,
       coalesce(CASE WHEN s.role = 'u' THEN nullif(($3::text[])[s.file_no], '') END, ($2::text[])[s.file_no]), 'sale.in_future',
       format('%s is still to come; the profile reads dates %s', to_char(s.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), $4::text)
FROM sale_staging s
WHERE s.at > $1 AND s.role <> 'x'
