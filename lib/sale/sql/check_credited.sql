-- Every sale credits whom its code credited when it was sold, on the terms in force then; what changes a sale follows the same versions.
WITH terms AS MATERIALIZED (SELECT organizer_id, event_id, code, from_at, until_at, campaign_version_id, creator_id FROM code_in_force)
SELECT l.organizer_id, l.id
FROM sale_line l
LEFT JOIN terms t ON t.organizer_id = l.organizer_id AND t.event_id = l.event_id AND t.code = l.code
    AND l.occurred_at >= t.from_at AND l.occurred_at < t.until_at
WHERE l.seq = 0 AND (l.campaign_version_id, l.creator_id) IS DISTINCT FROM (t.campaign_version_id, t.creator_id)
UNION ALL
SELECT l.organizer_id, l.id
FROM sale_line l
JOIN sale_line s ON s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.id = l.sale_id
WHERE l.seq > 0 AND (l.plan_version_id, l.campaign_version_id, l.creator_id) IS DISTINCT FROM (s.plan_version_id, s.campaign_version_id, s.creator_id)
