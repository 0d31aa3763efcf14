-- The run of $3 job, $4 scope and period $5 to $6, if nobody asked for it before. $2 its id, $7 who asks, $8 the version of
-- the code, $9 the declared job.
INSERT INTO job_run (organizer_id, id, job, scope, period_start, period_end, state, attempts, asked_by, code_version, declared, started_at)
VALUES ($1, $2, $3, $4, $5, $6, 'running', 0, $7, $8, $9, clock_timestamp())
ON CONFLICT (organizer_id, job, scope, period_start, period_end) DO NOTHING
