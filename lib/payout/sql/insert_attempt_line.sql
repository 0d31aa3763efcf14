-- $4 the payout that operation $3 of the attempt pays. A second live attempt of a payout violates payout_one_live_attempt.
INSERT INTO payout_attempt_line (organizer_id, attempt_id, pos, payout_id, live) VALUES ($1, $2, $3, $4, true)
