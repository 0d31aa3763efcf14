-- $1 organizer, $2 party, $3 event, $4 asset: what the party owes us for other events, per event and account; never more of an event
-- than it owes us there in all.
SELECT event_id, kind, least(-owed, -total) AS debt
FROM (
    SELECT a.event_id, a.kind, -sum(o.amount) AS owed, sum(-sum(o.amount)) OVER (PARTITION BY a.event_id) AS total
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.organizer_id = $1 AND a.kind IN ('party_payable', 'commission_payable') AND a.party_id = $2 AND a.event_id <> $3 AND a.asset_id = $4
    GROUP BY a.event_id, a.kind
) parts
WHERE owed < 0 AND total < 0
ORDER BY event_id, kind
