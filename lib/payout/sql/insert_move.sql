-- One step of a payout's life; seq follows the last.
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, evidence_id, moved_at)
SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7, $8, $9
FROM payout_move WHERE organizer_id = $1 AND payout_id = $2
