-- The heads of entries $2, alike but for the causes $4; $3 their kind, the rest as in insert_journal.
INSERT INTO journal (organizer_id, id, kind, cause_id, cause_key, event_id, effective_at, posted_at, reverses_id, note)
SELECT $1, j.id, $3, j.cause_id, $5, $6, $7, $8, NULL, $9
FROM unnest($2::uuid[], $4::uuid[]) AS j (id, cause_id)
