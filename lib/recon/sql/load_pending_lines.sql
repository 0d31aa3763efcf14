-- $1 organizer, $2 treasury, $3 the position that this run begins after: lines that neither a match nor a person has explained. Every
-- line up to $3 was given a match or a break by the run that read it, so of those only lines of open breaks can be among them: those
-- that a break names, and those of a payout whose break was opened before its line was read.
WITH asked AS (
    SELECT id FROM statement_line WHERE organizer_id = $1 AND treasury_id = $2 AND position > $3
    UNION
    SELECT statement_line_id FROM recon_break
    WHERE organizer_id = $1 AND treasury_id = $2 AND closed_at IS NULL AND statement_line_id IS NOT NULL
    UNION
    SELECT l.id
    FROM recon_break k
    JOIN payout_attempt_line a ON a.organizer_id = k.organizer_id AND a.payout_id = k.payout_id
    JOIN payout_attempt t ON t.organizer_id = a.organizer_id AND t.id = a.attempt_id
    JOIN statement_line l ON l.organizer_id = k.organizer_id AND l.treasury_id = k.treasury_id AND l.external_ref = t.key || ':' || a.pos
    WHERE k.organizer_id = $1 AND k.treasury_id = $2 AND k.closed_at IS NULL AND k.statement_line_id IS NULL
)
SELECT l.id, l.external_ref, l.kind, l.amount_minor, l.asset_id, s.scale, l.counterparty, l.memo, l.booked_at, l.position
FROM asked a
JOIN statement_line l ON l.organizer_id = $1 AND l.id = a.id
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
WHERE NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = l.organizer_id AND m.statement_line_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = l.organizer_id AND k.statement_line_id = l.id AND k.close_code <> 'matched')
ORDER BY l.position, l.external_ref
