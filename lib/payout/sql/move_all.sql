-- One step in the life of every payout of batch $2 that is in state $3: for cause $4, to $5, by $6, reason $7, at $8. As many rows as moved.
WITH moved AS (
    UPDATE payout SET state = $5, reason = $7, changed_at = $8
    WHERE organizer_id = $1 AND batch_id = $2 AND state = $3
    RETURNING id
)
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, evidence_id, moved_at)
SELECT $1, m.id,
       coalesce((SELECT v.seq FROM payout_move v WHERE v.organizer_id = $1 AND v.payout_id = m.id ORDER BY v.seq DESC LIMIT 1), 0) + 1,
       $3, $4, $5, $6, $7, NULL, $8
FROM moved m
