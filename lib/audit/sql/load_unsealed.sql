-- $1 organizer, $2 not before, or null, $3 how many: facts that no record holds yet, in the order they were done.
SELECT f.key, f.fact::text AS fact
FROM audit_fact f
WHERE f.organizer_id = $1 AND ($2::timestamptz IS NULL OR f.at >= $2)
  AND NOT EXISTS (SELECT 1 FROM audit_record r WHERE r.organizer_id = $1 AND r.key = f.key)
ORDER BY f.at, f.key
LIMIT $3
