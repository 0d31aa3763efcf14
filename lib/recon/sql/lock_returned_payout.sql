-- $1 organizer, $2 break about money that came in, $3 the payout that it brought back, or null for the one the break names: locked,
-- beside what came in and what the payout had booked: when it was proved, or when a person found it paid (and nobody has undone that).
-- It was paid from the treasury that the money came to.
SELECT p.id, p.state, p.amount_minor, p.asset_id, s.scale, p.reserve_journal_id, d.id AS done_id, f.id AS found_id, k.journal_id AS holding_id, k.held_minor,
       l.amount_minor AS moved_minor, l.asset_id AS moved_asset_id, ls.scale AS moved_scale, l.external_ref
FROM recon_break k
JOIN statement_line l ON l.organizer_id = k.organizer_id AND l.id = k.statement_line_id AND l.amount_minor > 0
JOIN asset ls ON ls.organizer_id = l.organizer_id AND ls.id = l.asset_id
JOIN payout p ON p.organizer_id = k.organizer_id AND p.id = coalesce($3, k.payout_id)
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id AND b.treasury_id = k.treasury_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
LEFT JOIN journal d ON d.organizer_id = p.organizer_id AND d.kind = 'payout_done' AND d.cause_id = p.id
LEFT JOIN journal f ON f.organizer_id = p.organizer_id AND f.kind = 'payout_found' AND f.cause_id = p.id
    AND NOT EXISTS (SELECT 1 FROM journal u WHERE u.organizer_id = f.organizer_id AND u.reverses_id = f.id)
WHERE k.organizer_id = $1 AND k.id = $2 AND k.journal_id IS NOT NULL
FOR NO KEY UPDATE OF p
