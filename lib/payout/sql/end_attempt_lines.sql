-- A dead attempt frees its payouts for another try.
UPDATE payout_attempt_line SET live = false WHERE organizer_id = $1 AND attempt_id = $2 AND live
