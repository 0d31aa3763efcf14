-- $3 the state it must be in, $4 the new one. No row: somebody else moved it first.
UPDATE payout SET state = $4, reason = $5, changed_at = $6
WHERE organizer_id = $1 AND id = $2 AND state = $3
