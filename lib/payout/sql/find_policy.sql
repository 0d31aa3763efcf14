-- $1 organizer, $2 policy name or null for the only one, $3 instant: the version in force.
SELECT p.id, p.name, p.single_person
FROM payout_policy p
WHERE p.organizer_id = $1 AND ($2::text IS NULL OR p.name = $2) AND p.effective_from <= $3
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = p.organizer_id AND o.kind = 'PayoutPolicy' AND o.name = p.name AND o.archived_at IS NOT NULL)
ORDER BY p.effective_from DESC
LIMIT 1
