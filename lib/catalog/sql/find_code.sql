-- Whose code this is.
SELECT c.creator_id, p.name AS creator_name FROM promo_code c JOIN party p ON p.organizer_id = c.organizer_id AND p.id = c.creator_id
WHERE c.organizer_id = $1 AND c.event_id = $2 AND c.code = $3
