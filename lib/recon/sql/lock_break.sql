-- $1 organizer, $2 break: locked, so that it is closed once.
SELECT k.type, k.subject, k.treasury_id, k.amount_minor, k.held_minor, k.asset_id, coalesce(s.scale, 0) AS scale, k.statement_line_id, k.payout_id,
       k.close_code, k.closed_by, k.close_reason
FROM recon_break k
LEFT JOIN asset s ON s.organizer_id = k.organizer_id AND s.id = k.asset_id
WHERE k.organizer_id = $1 AND k.id = $2
FOR UPDATE OF k
