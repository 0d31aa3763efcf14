-- $1 organizer: every party that is not archived, and where it wants its money.
SELECT p.id, p.name, p.rail, p.destination, p.memo
FROM party p
WHERE p.organizer_id = $1
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = p.organizer_id AND o.id = p.id AND o.archived_at IS NOT NULL)
ORDER BY p.name
