-- Every campaign version of an event.
SELECT id, campaign_id, version, rate_ppm, cap_minor FROM campaign_version
WHERE organizer_id = $1 AND event_id = $2 ORDER BY campaign_id, version
