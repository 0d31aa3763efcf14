-- $2 break; $3 code, $4 reason, $5 who, $6 when, $7 run or null, $8 what closing posted, $9 the payout found paid. One row, else it was closed already.
WITH closed AS (
    UPDATE recon_break SET closed_at = $6, close_code = $3, close_reason = $4, closed_by = $5, close_journal_id = $8, found_payout_id = $9
    WHERE organizer_id = $1 AND id = $2 AND closed_at IS NULL
    RETURNING id
)
INSERT INTO recon_break_move (organizer_id, break_id, seq, action, actor, reason, run_id, journal_id, moved_at)
SELECT $1, closed.id, coalesce(max(v.seq), 0) + 1, 'closed', $5, $3 || ': ' || $4, $7, $8, $6
FROM closed
LEFT JOIN recon_break_move v ON v.organizer_id = $1 AND v.break_id = closed.id
GROUP BY closed.id
