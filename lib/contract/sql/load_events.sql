-- $2 network, $3 contract, $4 the event behind which they stand (all: empty), $5 at most. In the order in which they happened.
SELECT e.id, e.ledger, e.transaction, e.said, v.raw
FROM contract_event e
JOIN evidence v ON v.organizer_id = e.organizer_id AND v.id = e.evidence_id
WHERE e.organizer_id = $1 AND e.network = $2 AND e.contract = $3 AND e.id > $4
ORDER BY e.id
LIMIT $5
