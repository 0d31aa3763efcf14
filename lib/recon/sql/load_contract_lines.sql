-- $1 organizer, $2 treasury, $3 keys of lines in question: what contracts told of money between them and this treasury, in all per
-- transaction; signed as on the treasury's statement.
SELECT m.transaction, x.event_id, m.asset_id, s.scale, sum(CASE WHEN m.kind = 'deposit' THEN -m.amount_minor ELSE m.amount_minor END) AS amount_minor
FROM escrow_movement m
JOIN escrow x ON x.organizer_id = m.organizer_id AND x.plan_id = m.plan_id
JOIN treasury t ON t.organizer_id = x.organizer_id AND t.network_name = x.network AND t.account = m.address
JOIN asset s ON s.organizer_id = m.organizer_id AND s.id = m.asset_id
WHERE m.organizer_id = $1 AND t.id = $2 AND m.kind IN ('deposit', 'refund', 'exit') AND m.transaction = ANY ($3::text[])
GROUP BY m.transaction, x.event_id, m.asset_id, s.scale
ORDER BY m.transaction, x.event_id, m.asset_id
