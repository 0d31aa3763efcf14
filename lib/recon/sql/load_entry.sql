-- $1 organizer, $2 entry: its postings with whose accounts they are on, in order.
SELECT a.kind, a.event_id, a.party_id, a.treasury_id, o.amount, o.asset_id, s.scale
FROM posting o
JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
JOIN asset s ON s.organizer_id = o.organizer_id AND s.id = o.asset_id
WHERE o.organizer_id = $1 AND o.journal_id = $2
ORDER BY o.pos
