-- Refused rows by reason, most frequent first, each with an example.
SELECT bad_code, count(*) AS rows, min(file_no) AS file_no, (array_agg(file_row ORDER BY file_no, file_row))[1] AS file_row,
       (array_agg(coalesce(bad_column, '') ORDER BY file_no, file_row))[1] AS bad_column,
       (array_agg(bad_reason ORDER BY file_no, file_row))[1] AS bad_reason
FROM sale_refused_row GROUP BY bad_code ORDER BY count(*) DESC, bad_code
