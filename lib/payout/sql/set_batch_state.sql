-- $3 the state it must be in, $4 the new one.
UPDATE payout_batch SET state = $4, changed_at = $5 WHERE organizer_id = $1 AND id = $2 AND state = $3
