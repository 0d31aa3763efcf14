-- A new break with its first history row.
WITH made AS (
    INSERT INTO recon_break (organizer_id, id, run_id, treasury_id, type, subject, why, amount_minor, asset_id, held_minor,
        statement_line_id, payout_id, attempt_id, journal_id, opened_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    RETURNING id
)
INSERT INTO recon_break_move (organizer_id, break_id, seq, action, actor, reason, run_id, journal_id, moved_at)
SELECT $1, id, 1, 'opened', $16, $7, $3, $14, $15 FROM made
