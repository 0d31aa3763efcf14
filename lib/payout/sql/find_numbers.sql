-- $1 organizer, $2 rail, $3 network or null, $4 account, of its attempts: `used`, the highest number that was in a ledger; `dead`, the
-- lowest above it of one that is dead without having been in one. Whoever comes next takes that again.
WITH attempt AS (
    SELECT t.sequence, t.state = 'confirmed' OR e.kind = 'found' AS in_ledger
    FROM payout_attempt t
    LEFT JOIN evidence e ON e.organizer_id = t.organizer_id AND e.id = t.dead_evidence_id
    WHERE t.organizer_id = $1 AND t.rail = $2 AND ($3::text IS NULL OR t.network = $3) AND t.source = $4 AND t.state IN ('confirmed', 'dead')
), top AS (
    SELECT coalesce(max(sequence), 0)::bigint AS used FROM attempt WHERE in_ledger
)
SELECT top.used, (SELECT min(sequence) FROM attempt WHERE NOT in_ledger AND sequence > top.used)::bigint AS dead
FROM top
