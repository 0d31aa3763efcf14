-- $1 organizer, $2 event: everybody for whom a settlement posted something or who was paid for it.
SELECT p.id, p.name, p.title
FROM party p
WHERE p.organizer_id = $1
  AND (EXISTS (SELECT 1 FROM settlement_due d WHERE d.organizer_id = $1 AND d.event_id = $2 AND d.party_id = p.id)
       OR EXISTS (SELECT 1 FROM payout o WHERE o.organizer_id = $1 AND o.event_id = $2 AND o.party_id = p.id))
ORDER BY p.name
