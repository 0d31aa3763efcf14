-- A promo code.
INSERT INTO promo_code (organizer_id, event_id, code, campaign_id, creator_id, valid_from, valid_until) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (organizer_id, event_id, code) DO UPDATE SET campaign_id = excluded.campaign_id, valid_from = excluded.valid_from, valid_until = excluded.valid_until
