-- $1 organizer, $2 hash of a file: its lines that earlier batches of it paid, or still mean to pay.
SELECT DISTINCT p.file_line
FROM payout_batch b
JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id
WHERE b.organizer_id = $1 AND b.file_sha256 = $2 AND p.file_line IS NOT NULL
  AND p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled')
