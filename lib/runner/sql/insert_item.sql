-- $4 done or dead, $5 tries, $6 counts, $7 and $8 the error it was given up for.
INSERT INTO job_item (organizer_id, run_id, key, state, tries, counts, error_code, error, ended_at)
VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, clock_timestamp())
