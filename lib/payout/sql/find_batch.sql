-- $1 organizer, $2 batch: with what its treasury and its policy say of it.
SELECT b.id, b.event_id, e.name AS event_name, b.settlement_id, b.treasury_id, t.name AS treasury_name, b.policy_id, b.state, b.sha256,
       b.made_by, b.made_os_user, b.made_at, b.changed_at, t.rail, t.network_name, t.asset_id, s.scale, pol.single_person,
       pol.approval_valid_seconds
FROM payout_batch b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = t.asset_id
JOIN payout_policy pol ON pol.organizer_id = b.organizer_id AND pol.id = b.policy_id
LEFT JOIN event e ON e.organizer_id = b.organizer_id AND e.id = b.event_id
WHERE b.organizer_id = $1 AND b.id = $2
