-- The tiers of an event with what they sold.
SELECT t.id, t.name, coalesce(s.sold, 0) AS sold
FROM tier t LEFT JOIN tier_sold s ON s.organizer_id = t.organizer_id AND s.event_id = t.event_id AND s.tier_id = t.id
WHERE t.organizer_id = $1 AND t.event_id = $2
