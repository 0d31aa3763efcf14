-- What contracts told lies in what was heard of them, and each event is kept as evidence of its transaction.
SELECT e.organizer_id, e.contract, e.id
FROM contract_event e
LEFT JOIN contract_heard h ON h.organizer_id = e.organizer_id AND h.network = e.network AND h.contract = e.contract
LEFT JOIN evidence v ON v.organizer_id = e.organizer_id AND v.id = e.evidence_id
WHERE h.contract IS NULL OR e.ledger < h.from_ledger OR e.ledger > h.through_ledger + 1
   OR v.kind IS DISTINCT FROM 'event' OR v.external_ref IS DISTINCT FROM e.transaction
