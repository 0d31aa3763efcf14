-- What ended names evidence that is kept and that is of its own transaction.
SELECT c.organizer_id, c.id, c.state
FROM contract_call c
LEFT JOIN evidence e ON e.organizer_id = c.organizer_id AND e.id = c.evidence_id
WHERE c.state IN ('confirmed', 'dead') AND e.external_ref IS DISTINCT FROM c.key
