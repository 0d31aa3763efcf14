-- $4 the run, $5 milliseconds, $6 who. The row is locked before (lock_lease).
UPDATE job_lease
SET number = number + 1, run_id = $4, until = clock_timestamp() + make_interval(secs => $5 / 1000.0), owner = $6,
    session_pid = pg_backend_pid(), session_start = passa_session_start(pg_backend_pid()),
    worker_pid = pg_backend_pid(), worker_start = passa_session_start(pg_backend_pid())
WHERE organizer_id = $1 AND job = $2 AND scope = $3
RETURNING number
