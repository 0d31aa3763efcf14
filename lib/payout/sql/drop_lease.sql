-- Gives the batch free again, if it is still ours.
UPDATE payout_batch SET lease_token = NULL, lease_until = NULL, lease_session_pid = NULL, lease_session_start = NULL
WHERE organizer_id = $1 AND id = $2 AND lease_token = $3
