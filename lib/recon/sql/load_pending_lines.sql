-- $1 organizer, $2 treasury: lines that neither a match nor a person has explained.
SELECT l.id, l.external_ref, l.kind, l.amount_minor, l.asset_id, s.scale, l.counterparty, l.memo, l.booked_at, l.position
FROM statement_line l
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
WHERE l.organizer_id = $1 AND l.treasury_id = $2
  AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = l.organizer_id AND m.statement_line_id = l.id)
  AND NOT EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = l.organizer_id AND k.statement_line_id = l.id AND k.close_code <> 'matched')
ORDER BY l.position, l.external_ref
