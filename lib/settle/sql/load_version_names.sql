-- Plan and campaign versions of an event, as people name them.
SELECT v.id, p.name || ' v' || v.version AS name
FROM split_plan_version v JOIN split_plan p ON p.organizer_id = v.organizer_id AND p.event_id = v.event_id AND p.id = v.plan_id
WHERE v.organizer_id = $1 AND v.event_id = $2
UNION ALL
SELECT v.id, c.name || ' v' || v.version
FROM campaign_version v JOIN campaign c ON c.organizer_id = v.organizer_id AND c.event_id = v.event_id AND c.id = v.campaign_id
WHERE v.organizer_id = $1 AND v.event_id = $2
