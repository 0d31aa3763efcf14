-- $3 state, $4 exit code, $5 and $6 the error.
UPDATE job_run
SET state = $3, exit_code = $4, error_code = $5, error = $6,
    finished_at = CASE WHEN $3 = 'running' THEN NULL ELSE clock_timestamp() END
WHERE organizer_id = $1 AND id = $2
