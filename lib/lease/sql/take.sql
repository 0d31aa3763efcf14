-- $4 milliseconds, $5 who. The row is locked before (lock).
UPDATE lease
SET number = number + 1, until = clock_timestamp() + make_interval(secs => $4 / 1000.0), owner = $5,
    session_pid = pg_backend_pid(), session_start = passa_session_start(pg_backend_pid()),
    worker_pid = pg_backend_pid(), worker_start = passa_session_start(pg_backend_pid())
WHERE organizer_id = $1 AND work = $2 AND scope = $3
RETURNING number
