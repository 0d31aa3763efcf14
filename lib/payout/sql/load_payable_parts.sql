-- $1 organizer, $2 party, $3 event, $4 asset: what each of the party's accounts owes it now; negative: it owes us.
SELECT a.kind, -sum(o.amount) AS owed
FROM account a
JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
WHERE a.organizer_id = $1 AND a.kind IN ('party_payable', 'commission_payable') AND a.party_id = $2 AND a.event_id = $3 AND a.asset_id = $4
GROUP BY a.kind
HAVING sum(o.amount) <> 0
ORDER BY a.kind DESC
