-- The right to import into an event: free, ours, or left behind by a session that is gone. $3 a new token. No row: somebody
-- else is importing.
INSERT INTO sale_import_lease AS l (organizer_id, event_id, token, session_pid, session_start)
VALUES ($1, $2, $3, pg_backend_pid(), passa_session_start(pg_backend_pid()))
ON CONFLICT (organizer_id, event_id) DO UPDATE
SET token = excluded.token, session_pid = excluded.session_pid, session_start = excluded.session_start
WHERE coalesce(passa_session_start(l.session_pid), 'infinity') NOT IN (l.session_start, '-infinity')
   OR l.session_pid = excluded.session_pid
RETURNING token
