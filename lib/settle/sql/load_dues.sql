-- What one settlement posted.
SELECT d.plan_version_id, d.asset_id, s.scale, d.kind, d.party_id, d.campaign_version_id, d.due, d.posted_before, d.delta, d.through_contract
FROM settlement_due d
JOIN asset s ON s.organizer_id = d.organizer_id AND s.id = d.asset_id
WHERE d.organizer_id = $1 AND d.event_id = $2 AND d.settlement_id = $3
