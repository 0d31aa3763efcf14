-- $3 the payouts that attempt $2 pays, by its operations. A second live attempt of a payout violates payout_one_live_attempt.
INSERT INTO payout_attempt_line (organizer_id, attempt_id, pos, payout_id, live)
SELECT $1, $2, l.pos - 1, l.payout_id, true
FROM unnest($3::uuid[]) WITH ORDINALITY AS l (payout_id, pos)
