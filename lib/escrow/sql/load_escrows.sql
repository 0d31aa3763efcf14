-- $1 organizer, $2 event or null for all: split plans whose money a contract holds, by their newest version that says so.
SELECT DISTINCT ON (e.name, p.name) v.plan_id, p.name AS plan, v.event_id, e.name AS event, v.contract, t.network_name AS network, t.id AS treasury_id,
       t.name AS treasury, t.account, a.id AS asset_id, a.scale, x.address, x.booked_through,
       EXISTS (SELECT 1 FROM escrow_release r WHERE r.organizer_id = $1 AND r.plan_id = v.plan_id AND r.approved_at IS NOT NULL) AS released
FROM split_plan_version v
JOIN split_plan p ON p.organizer_id = v.organizer_id AND p.event_id = v.event_id AND p.id = v.plan_id
JOIN event e ON e.organizer_id = v.organizer_id AND e.id = v.event_id
JOIN asset a ON a.organizer_id = e.organizer_id AND a.id = e.currency_id
JOIN treasury t ON t.organizer_id = v.organizer_id AND t.name = v.treasury
LEFT JOIN escrow x ON x.organizer_id = v.organizer_id AND x.plan_id = v.plan_id
WHERE v.organizer_id = $1 AND v.contract IS NOT NULL AND ($2::uuid IS NULL OR v.event_id = $2)
ORDER BY e.name, p.name, v.version DESC
