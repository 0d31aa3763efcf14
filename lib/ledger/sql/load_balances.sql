-- $2 an event, or null for all: balances that are not zero, by kind and name. Uses posting_account.
SELECT a.kind AS account, e.name AS event_name, p.name AS party_name, t.name AS treasury_name, a.asset_id, s.scale, sum(o.amount) AS amount
FROM account a
JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
JOIN asset s ON s.organizer_id = a.organizer_id AND s.id = a.asset_id
LEFT JOIN event e ON e.organizer_id = a.organizer_id AND e.id = a.event_id
LEFT JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
LEFT JOIN treasury t ON t.organizer_id = a.organizer_id AND t.id = a.treasury_id
WHERE a.organizer_id = $1 AND ($2::uuid IS NULL OR a.event_id = $2)
GROUP BY a.kind, e.name, p.name, t.name, a.asset_id, s.scale
HAVING sum(o.amount) <> 0
ORDER BY a.kind, e.name, p.name, t.name, a.asset_id
