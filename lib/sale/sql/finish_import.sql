-- Closes an import and returns what it brought in all its attempts. $4 rows read, $5 accepted sales without those that were changed, $6 ignored, $7 refused rows.
UPDATE sale_import
SET state = 'done', rows_read = $4, lines_unchanged = greatest($5 - lines_sold, 0), rows_ignored = $6, rows_rejected = $7, finished_at = $8
WHERE organizer_id = $1 AND event_id = $2 AND id = $3
RETURNING lines_sold, lines_refunded, lines_unchanged
