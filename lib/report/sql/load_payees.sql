-- $1 organizer, $2 event: everybody for whom a settlement posted something, who was paid for it, or who has an account for it.
SELECT p.id, p.name, p.title
FROM party p
WHERE p.organizer_id = $1
  AND (EXISTS (SELECT 1 FROM settlement_due d WHERE d.organizer_id = $1 AND d.event_id = $2 AND d.party_id = p.id)
       OR EXISTS (SELECT 1 FROM payout o WHERE o.organizer_id = $1 AND o.event_id = $2 AND o.party_id = p.id)
       OR EXISTS (SELECT 1 FROM account a WHERE a.organizer_id = $1 AND a.event_id = $2 AND a.party_id = p.id
                  AND a.kind IN ('party_payable', 'commission_payable', 'contract_payable')))
ORDER BY p.name
