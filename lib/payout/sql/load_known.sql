-- $1 organizer, $2 how many: the first lines in payout_staging that are known, each with its earlier payout. `differs`: that has the same
-- key and says something else.
SELECT l.seq, l.file_line, l.reference, l.row_key, l.payee, l.amount_minor, l.asset_id, s.scale, p.id, p.batch_id, b.made_at,
       p.file_line AS earlier_line, p.state, p.amount_minor AS earlier_minor, p.asset_id AS earlier_asset_id, e.scale AS earlier_scale,
       coalesce(pa.name, p.destination) AS earlier_payee, p.line_key <> l.line_key AS differs
FROM payout_staging l
JOIN payout p ON p.organizer_id = $1 AND p.id = l.known_payout
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
JOIN asset s ON s.organizer_id = $1 AND s.id = l.asset_id
JOIN asset e ON e.organizer_id = $1 AND e.id = p.asset_id
LEFT JOIN party pa ON pa.organizer_id = $1 AND pa.id = p.party_id
ORDER BY differs DESC, l.seq
LIMIT $2
