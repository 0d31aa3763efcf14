-- The next version of a campaign's terms.
INSERT INTO campaign_version (organizer_id, event_id, id, campaign_id, version, effective_from, rate_ppm, cap_minor, created_at)
SELECT $1, $2, $3, $4, coalesce(max(version), 0) + 1, $5, $6, $7, $8
FROM campaign_version WHERE organizer_id = $1 AND campaign_id = $4
