-- The run of $2 job, $3 scope and period $4 to $5.
SELECT id, state FROM job_run
WHERE organizer_id = $1 AND job = $2 AND scope = $3 AND period_start = $4 AND period_end = $5
