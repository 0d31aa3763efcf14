-- Keeps the cached number of sold tickets with its lines.
INSERT INTO tier_sold (organizer_id, event_id, tier_id, sold) VALUES ($1, $2, $3, $4)
ON CONFLICT (organizer_id, event_id, tier_id) DO UPDATE SET sold = tier_sold.sold + excluded.sold
