-- $2 payouts and $3 the lines that show them; from state $4 by cause $5 to state $6.
WITH moved AS (
    UPDATE payout p SET state = $6, reason = '', changed_at = $8
    FROM unnest($2::uuid[], $3::text[]) AS m (id, line)
    WHERE p.organizer_id = $1 AND p.id = m.id AND p.state = $4
    RETURNING p.id, m.line
)
INSERT INTO payout_move (organizer_id, payout_id, seq, state_from, cause, state_to, actor, reason, moved_at)
SELECT $1, moved.id, coalesce(max(v.seq), 0) + 1, $4, $5, $6, $7, 'statement line ' || moved.line, $8
FROM moved
LEFT JOIN payout_move v ON v.organizer_id = $1 AND v.payout_id = moved.id
GROUP BY moved.id, moved.line
