-- One kind of lease for whatever one process at a time may do: working on a job, and sending from a treasury. The number is one more
-- with each taker, and is checked inside every transaction that writes; a lease ends by the database's clock unless its heartbeat
-- renews it, or with the heartbeat's session.
ALTER TABLE job_lease RENAME TO lease;
ALTER TABLE lease RENAME COLUMN job TO work;
ALTER TABLE lease DROP CONSTRAINT job_lease_pkey; -- an index keeps its columns' old names, and a restored one would not
ALTER TABLE lease ADD PRIMARY KEY (organizer_id, work, scope);

CREATE OR REPLACE FUNCTION passa_end_worker(job_name text, job_scope text) RETURNS boolean LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
    RETURN coalesce(bool_and(pg_terminate_backend(l.worker_pid, 5000)), true) FROM lease l
    WHERE l.organizer_id = passa_organizer() AND l.work = job_name AND l.scope = job_scope AND l.until IS NOT NULL
      AND NOT passa_lease_lives(l) AND l.worker_pid <> pg_backend_pid() AND passa_session_start(l.worker_pid) = l.worker_start;
EXCEPTION WHEN insufficient_privilege THEN
    RETURN false;
END $$;

-- A sender's is one of them, on its treasury: a batch keeps none of its own any more.
CREATE OR REPLACE FUNCTION passa_batch_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept payout_batch := NEW;
BEGIN
    kept.state := OLD.state;
    kept.changed_at := OLD.changed_at;
    IF kept IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'batch % is fixed: only its state moves', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
ALTER TABLE payout_batch DROP COLUMN lease_token, DROP COLUMN lease_until, DROP COLUMN lease_session_pid, DROP COLUMN lease_session_start;
