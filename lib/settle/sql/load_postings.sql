-- The journal entry of settlement $2, in its order.
SELECT a.kind AS account, a.party_id, o.asset_id, s.scale, o.amount
FROM journal j
JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
JOIN asset s ON s.organizer_id = o.organizer_id AND s.id = o.asset_id
WHERE j.organizer_id = $1 AND j.kind = 'settlement' AND j.cause_id = $2
ORDER BY j.id, o.pos
