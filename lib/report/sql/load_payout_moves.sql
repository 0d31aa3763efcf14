-- $1 organizer, $2 payout: its life, in order.
SELECT seq, state_from, cause, state_to, actor, reason, evidence_id, moved_at
FROM payout_move WHERE organizer_id = $1 AND payout_id = $2 ORDER BY seq
