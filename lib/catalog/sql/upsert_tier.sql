-- A tier.
INSERT INTO tier (organizer_id, event_id, id, name, title, match_names, price_minor, asset_id, capacity, sale_from, sale_until)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
ON CONFLICT (organizer_id, event_id, id) DO UPDATE
SET title = excluded.title, match_names = excluded.match_names, price_minor = excluded.price_minor, asset_id = excluded.asset_id, capacity = excluded.capacity,
    sale_from = excluded.sale_from, sale_until = excluded.sale_until
