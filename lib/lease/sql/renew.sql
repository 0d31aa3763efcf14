-- The heartbeat: $4 our number, $5 milliseconds, $6 the session that the worker works in. No row: it was lost, and is never taken up
-- again behind somebody's back. From now on it lives with the heartbeat's session: the worker's own may break and be opened anew.
UPDATE lease
SET until = clock_timestamp() + make_interval(secs => $5 / 1000.0),
    session_pid = pg_backend_pid(), session_start = passa_session_start(pg_backend_pid()),
    worker_pid = $6, worker_start = passa_session_start($6)
WHERE organizer_id = $1 AND work = $2 AND scope = $3 AND number = $4 AND until > clock_timestamp()
