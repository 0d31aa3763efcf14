-- $2 row, $3 call: unless it is told by another one that is not dead.
UPDATE contract_outbox o SET call_id = $3
WHERE o.organizer_id = $1 AND o.id = $2 AND o.refused IS NULL
  AND (o.call_id IS NULL OR EXISTS (SELECT 1 FROM contract_call c WHERE c.organizer_id = $1 AND c.id = o.call_id AND c.state = 'dead'))
