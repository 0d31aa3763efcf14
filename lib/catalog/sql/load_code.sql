-- The windows of a code, newest first: whose it is, and under which campaign.
SELECT c.creator_id, p.name AS creator_name, c.campaign_id, g.name AS campaign_name, c.valid_from, c.valid_until
FROM promo_code c
JOIN party p ON p.organizer_id = c.organizer_id AND p.id = c.creator_id
JOIN campaign g ON g.organizer_id = c.organizer_id AND g.event_id = c.event_id AND g.id = c.campaign_id
WHERE c.organizer_id = $1 AND c.event_id = $2 AND c.code = $3
ORDER BY c.valid_from DESC
