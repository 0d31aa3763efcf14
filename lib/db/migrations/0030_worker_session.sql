-- Whoever takes over from a worker that stands still ends the session that it worked in: a statement that it was stopped in
-- would hold its rows until the server's own limit ends it. When the session began tells it from another one under its number.
ALTER TABLE job_lease
    ADD COLUMN worker_pid integer,
    ADD COLUMN worker_start timestamptz;

-- Definer: a session of the user that connected is not the application role's to end. It ends none but that of a lease which was
-- not given back and does not live. False where the server does not let us, as with another user's: then its end is waited for.
CREATE FUNCTION passa_end_worker(job_name text, job_scope text) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce(bool_and(pg_terminate_backend(l.worker_pid, 5000)), true) FROM job_lease l
    WHERE l.organizer_id = passa_organizer() AND l.job = job_name AND l.scope = job_scope AND l.until IS NOT NULL
      AND NOT passa_lease_lives(l) AND l.worker_pid <> pg_backend_pid() AND passa_session_start(l.worker_pid) = l.worker_start;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN false;
END $$;
REVOKE EXECUTE ON FUNCTION passa_end_worker(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION passa_end_worker(text, text) TO passa_app;
