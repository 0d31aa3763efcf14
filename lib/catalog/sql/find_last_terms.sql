-- The newest terms of a campaign, and whether any of its terms has credited a sale.
SELECT v.rate_ppm, v.cap_minor, v.effective_from,
       EXISTS (SELECT 1 FROM sale_line l JOIN campaign_version c ON c.organizer_id = l.organizer_id AND c.event_id = l.event_id AND c.id = l.campaign_version_id
               WHERE l.organizer_id = $1 AND l.event_id = $2 AND c.campaign_id = $3) AS sold
FROM campaign_version v WHERE v.organizer_id = $1 AND v.event_id = $2 AND v.campaign_id = $3
ORDER BY v.version DESC LIMIT 1
