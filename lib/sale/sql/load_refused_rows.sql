-- The next refused rows of file $1 behind row $2.
SELECT file_row, coalesce(bad_column, '') AS bad_column, bad_code, bad_reason
FROM sale_refused_row WHERE file_no = $1 AND file_row > $2 ORDER BY file_row LIMIT 2000
