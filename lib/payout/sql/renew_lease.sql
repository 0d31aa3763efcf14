-- $3 token, $4 seconds. No row: it was lost.
UPDATE payout_batch SET lease_until = clock_timestamp() + make_interval(secs => $4)
WHERE organizer_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > clock_timestamp()
