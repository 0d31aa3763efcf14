-- An event.
INSERT INTO event (organizer_id, id, name, title, venue_name, zone, currency_id, starts_at, ends_at, oversell) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (organizer_id, id) DO UPDATE
SET title = excluded.title, venue_name = excluded.venue_name, zone = excluded.zone, currency_id = excluded.currency_id, starts_at = excluded.starts_at,
    ends_at = excluded.ends_at, oversell = excluded.oversell
