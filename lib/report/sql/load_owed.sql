-- $1 organizer, $2 event: what each party is owed now by the books, per asset. Negative: the party owes it.
SELECT p.name, p.title, a.asset_id, s.scale, -sum(o.amount) AS owed
FROM account a
JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
JOIN asset s ON s.organizer_id = a.organizer_id AND s.id = a.asset_id
WHERE a.organizer_id = $1 AND a.event_id = $2 AND a.kind IN ('party_payable', 'commission_payable')
GROUP BY p.id, p.name, p.title, a.asset_id, s.scale
ORDER BY a.asset_id, -sum(o.amount) DESC, p.name
