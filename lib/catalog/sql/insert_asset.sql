-- A new asset.
INSERT INTO asset (organizer_id, id, scale) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING
