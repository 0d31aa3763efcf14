-- $1 organizer, $2 rail, $3 network or null, $4 account: the lowest number of its attempts that are dead without having been in a ledger and
-- that is above all that were in one. Whoever comes next takes it again.
WITH attempt AS (
    SELECT t.sequence, t.state = 'confirmed' OR e.kind = 'found' AS in_ledger
    FROM payout_attempt t
    LEFT JOIN evidence e ON e.organizer_id = t.organizer_id AND e.id = t.dead_evidence_id
    WHERE t.organizer_id = $1 AND t.rail = $2 AND ($3::text IS NULL OR t.network = $3) AND t.source = $4 AND t.state IN ('confirmed', 'dead')
)
SELECT min(sequence)::bigint AS sequence
FROM attempt
WHERE NOT in_ledger AND sequence > coalesce((SELECT max(sequence) FROM attempt WHERE in_ledger), 0)
