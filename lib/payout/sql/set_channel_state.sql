-- $3 the state it must be in, $4 the new one. No row: somebody else moved it first.
UPDATE payout_channel SET state = $4, changed_at = $5 WHERE organizer_id = $1 AND id = $2 AND state = $3
