-- $1 organizer, $2 open ones only, $3 treasury, $4 break, $5 run that opened it, each null for any, $6 how many: oldest first.
SELECT k.id, k.run_id, t.name AS treasury, k.type, k.subject, k.why, k.amount_minor, k.held_minor, k.asset_id, coalesce(s.scale, 0) AS scale,
       coalesce(k.found_payout_id, k.payout_id) AS payout_id, l.external_ref, k.opened_at, k.closed_at, k.close_code, k.close_reason, k.closed_by
FROM recon_break k
JOIN treasury t ON t.organizer_id = k.organizer_id AND t.id = k.treasury_id
LEFT JOIN asset s ON s.organizer_id = k.organizer_id AND s.id = k.asset_id
LEFT JOIN statement_line l ON l.organizer_id = k.organizer_id AND l.id = k.statement_line_id
WHERE k.organizer_id = $1 AND (NOT $2::boolean OR k.closed_at IS NULL) AND ($3::uuid IS NULL OR k.treasury_id = $3)
  AND ($4::uuid IS NULL OR k.id = $4) AND ($5::uuid IS NULL OR k.run_id = $5)
ORDER BY k.opened_at, k.id
LIMIT $6
