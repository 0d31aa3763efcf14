-- $1 organizer, $2 treasury, lines after position $3 up to $4: what they moved, per asset and direction.
SELECT l.asset_id, s.scale, l.kind = 'fee' AS is_fee, sum(l.amount_minor) AS amount
FROM statement_line l
JOIN asset s ON s.organizer_id = l.organizer_id AND s.id = l.asset_id
WHERE l.organizer_id = $1 AND l.treasury_id = $2 AND l.position > $3 AND l.position <= $4
GROUP BY l.asset_id, s.scale, l.kind = 'fee', l.amount_minor < 0
ORDER BY l.asset_id
