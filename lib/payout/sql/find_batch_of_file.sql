-- $1 organizer, $2 hash of a file: the last batch made of it that was not cancelled.
SELECT id, made_by, made_at FROM payout_batch
WHERE organizer_id = $1 AND file_sha256 = $2 AND state <> 'cancelled'
ORDER BY id DESC LIMIT 1
