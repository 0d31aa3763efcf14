-- The terms of campaign $3 at $4, and whether others are still to come.
SELECT v.rate_ppm, v.cap_minor, v.effective_from,
       EXISTS (SELECT 1 FROM campaign_period n WHERE n.organizer_id = v.organizer_id AND n.campaign_id = v.campaign_id AND n.from_at > $4) AS pending
FROM campaign_period p
JOIN campaign_version v ON v.organizer_id = p.organizer_id AND v.event_id = p.event_id AND v.id = p.campaign_version_id
WHERE p.organizer_id = $1 AND p.event_id = $2 AND p.campaign_id = $3 AND p.from_at <= $4 AND p.until_at > $4
