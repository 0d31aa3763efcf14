-- $1 organizer: every treasury that is not archived, by name.
SELECT t.id, t.name, t.rail, t.network_name, t.account, t.policy_name, t.asset_id, s.scale
FROM treasury t
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.asset_id
WHERE t.organizer_id = $1
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = t.organizer_id AND o.kind = 'Treasury' AND o.name = t.name AND o.archived_at IS NOT NULL)
ORDER BY t.name
