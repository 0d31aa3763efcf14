-- $1 organizer, $2 id.
SELECT t.id, t.name, t.rail, t.network_name, t.account, t.policy_name, t.asset_id, s.scale
FROM treasury t
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.asset_id
WHERE t.organizer_id = $1 AND t.id = $2
