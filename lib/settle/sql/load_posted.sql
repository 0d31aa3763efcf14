-- What was posted per key, by the settlements before $3 (null: all).
SELECT d.plan_version_id, d.asset_id, s.scale, d.kind, d.party_id, d.campaign_version_id, sum(d.delta) AS posted
FROM settlement_due d
JOIN asset s ON s.organizer_id = d.organizer_id AND s.id = d.asset_id
JOIN settlement t ON t.organizer_id = d.organizer_id AND t.event_id = d.event_id AND t.id = d.settlement_id
WHERE d.organizer_id = $1 AND d.event_id = $2
  AND ($3::uuid IS NULL OR (t.settled_at, t.id) < (SELECT settled_at, id FROM settlement WHERE organizer_id = $1 AND event_id = $2 AND id = $3))
GROUP BY d.plan_version_id, d.asset_id, s.scale, d.kind, d.party_id, d.campaign_version_id
