-- Refused rows whose order could not be read stand alone.
INSERT INTO sale_refused_row (file_no, file_row, bad_column, bad_code, bad_reason)
SELECT file_no, file_row, bad_column, bad_code, bad_reason FROM sale_refused WHERE order_ref IS NULL
