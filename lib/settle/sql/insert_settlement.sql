-- The head.
INSERT INTO settlement (organizer_id, event_id, id, through, lines, settled_by, settled_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
