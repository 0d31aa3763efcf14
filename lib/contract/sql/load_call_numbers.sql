-- $2 network, $3 account: the highest number of its calls that was in a ledger, or 0; and the lowest above it of one that is dead.
WITH call AS (
    SELECT c.sequence, c.state = 'confirmed' OR e.kind = 'found' AS in_ledger
    FROM contract_call c
    LEFT JOIN evidence e ON e.organizer_id = c.organizer_id AND e.id = c.evidence_id
    WHERE c.organizer_id = $1 AND c.network = $2 AND c.source = $3 AND c.state IN ('confirmed', 'dead')
), known AS (
    SELECT coalesce(max(sequence) FILTER (WHERE in_ledger), 0) AS used FROM call
)
SELECT k.used::bigint AS used, (SELECT min(c.sequence) FROM call c WHERE NOT c.in_ledger AND c.sequence > k.used)::bigint AS dead
FROM known k
