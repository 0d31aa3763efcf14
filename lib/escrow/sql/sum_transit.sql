-- $2 event, $3 asset: what a contract or a treasury told, and the other not yet; positive: it left a contract.
SELECT coalesce(sum(o.amount), 0) AS minor
FROM account a
JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
WHERE a.organizer_id = $1 AND a.kind = 'contract_transit' AND a.event_id = $2 AND a.asset_id = $3
