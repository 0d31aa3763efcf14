-- A window of a promo code.
INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)
