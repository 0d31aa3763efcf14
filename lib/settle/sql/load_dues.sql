-- What one settlement posted, by party.
SELECT d.plan_version_id, d.asset_id, s.scale, d.kind, d.party_id, p.name AS party_name, d.campaign_version_id, d.due, d.posted_before, d.delta
FROM settlement_due d
JOIN asset s ON s.organizer_id = d.organizer_id AND s.id = d.asset_id
JOIN party p ON p.organizer_id = d.organizer_id AND p.id = d.party_id
WHERE d.organizer_id = $1 AND d.event_id = $2 AND d.settlement_id = $3
ORDER BY d.asset_id, d.kind DESC, p.name, d.plan_version_id
