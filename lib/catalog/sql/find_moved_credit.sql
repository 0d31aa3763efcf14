-- $3 a campaign, as it stands now: a sale that was credited under it and now would be under other terms or none, or one with a
-- code of it that was not and now would be; the newest.
SELECT l.code, l.occurred_at
FROM sale_line l
LEFT JOIN code_in_force f ON f.organizer_id = $1 AND f.event_id = $2 AND f.code = l.code AND l.occurred_at >= f.from_at AND l.occurred_at < f.until_at
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.seq = 0 AND l.code IS NOT NULL
  AND (l.campaign_version_id IN (SELECT id FROM campaign_version WHERE organizer_id = $1 AND campaign_id = $3)
       OR f.campaign_version_id IN (SELECT id FROM campaign_version WHERE organizer_id = $1 AND campaign_id = $3))
  AND l.campaign_version_id IS DISTINCT FROM f.campaign_version_id
ORDER BY l.occurred_at DESC LIMIT 1
