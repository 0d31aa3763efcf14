-- $1 organizer, $2 the caller's key: the batch made under it, unless it was cancelled.
SELECT id, event_id, settlement_id, file_sha256, made_by, made_at FROM payout_batch
WHERE organizer_id = $1 AND key = $2 AND state <> 'cancelled'
