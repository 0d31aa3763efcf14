-- $1 organizer, $2 instant: of every policy that is not archived, the version in force; what was still to come is withdrawn by a later version.
SELECT DISTINCT ON (p.name) p.id, p.name, p.single_person
FROM payout_policy p
WHERE p.organizer_id = $1 AND p.effective_from <= $2
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = p.organizer_id AND o.kind = 'PayoutPolicy' AND o.name = p.name AND o.archived_at IS NOT NULL)
  AND NOT EXISTS (SELECT 1 FROM payout_policy n WHERE n.organizer_id = p.organizer_id AND n.name = p.name AND n.version > p.version AND p.effective_from > n.created_at)
ORDER BY p.name, p.effective_from DESC, p.version DESC
