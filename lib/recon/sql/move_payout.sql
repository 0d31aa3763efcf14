-- $2 payout, from state $3 by cause $4 to state $5; $6 who, $7 why, $8 when. One row.
WITH moved AS (
    UPDATE payout SET state = $5, reason = $7, changed_at = $8
    WHERE organizer_id = $1 AND id = $2 AND state = $3
    RETURNING id
)
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, moved_at)
SELECT $1, moved.id, coalesce(max(v.seq), 0) + 1, $3, $4, $5, $6, $7, $8
FROM moved
LEFT JOIN payout_move v ON v.organizer_id = $1 AND v.payout_id = moved.id
GROUP BY moved.id
