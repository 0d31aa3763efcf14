-- The organizer itself.
INSERT INTO organizer (id, name, title, zone, created_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, zone = excluded.zone
