-- One row for each $2 job and $3 scope, for ever: its number never repeats.
INSERT INTO job_lease (organizer_id, job, scope, number) VALUES ($1, $2, $3, 0)
ON CONFLICT (organizer_id, job, scope) DO NOTHING
