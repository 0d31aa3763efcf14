-- One row for each $2 work and $3 scope, for ever: its number never repeats.
INSERT INTO lease (organizer_id, work, scope, number) VALUES ($1, $2, $3, 0)
ON CONFLICT (organizer_id, work, scope) DO NOTHING
