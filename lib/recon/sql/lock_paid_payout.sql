-- $1 organizer, $2 break, $3 the payout that a person names, or null for the one that it is about: locked, beside what the break's
-- statement line moved from the treasury that was to pay it.
SELECT p.id, p.state, p.amount_minor, p.asset_id, s.scale, p.destination, p.event_id, p.reserve_journal_id, p.batch_id, k.treasury_id,
       l.amount_minor AS moved_minor, l.asset_id AS moved_asset_id, ls.scale AS moved_scale, l.counterparty, l.external_ref, l.booked_at
FROM recon_break k
JOIN payout p ON p.organizer_id = k.organizer_id AND p.id = coalesce($3, k.payout_id)
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id AND b.treasury_id = k.treasury_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
JOIN statement_line l ON l.organizer_id = k.organizer_id AND l.id = k.statement_line_id
JOIN asset ls ON ls.organizer_id = l.organizer_id AND ls.id = l.asset_id
WHERE k.organizer_id = $1 AND k.id = $2
FOR NO KEY UPDATE OF p
