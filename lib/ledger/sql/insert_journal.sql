-- The head of an entry.
INSERT INTO journal (organizer_id, id, kind, cause_id, cause_key, event_id, effective_at, posted_at, reverses_id, note)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
