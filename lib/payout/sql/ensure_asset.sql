-- The asset that fees are charged in may be one that no manifest names.
INSERT INTO asset (organizer_id, id, scale) VALUES ($1, $2, $3) ON CONFLICT (organizer_id, id) DO NOTHING
