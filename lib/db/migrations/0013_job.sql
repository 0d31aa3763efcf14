-- Runs of jobs: what was asked for, how far it came, how it ended. A run is (job, scope, period), once: two machines whose timers
-- fire together do its work once.

CREATE TABLE job_run (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    job text NOT NULL,
    scope text NOT NULL,               -- what it is about, such as an event's name; empty: all of the organizer
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,   -- exclusive; the same instant: asked for by hand
    state text NOT NULL CHECK (state IN ('running', 'done', 'partial', 'failed')),
    attempts integer NOT NULL,         -- workers that took it up
    planned integer,                   -- items, by the last attempt; NULL: none came so far
    inputs_hash bytea CHECK (octet_length(inputs_hash) = 32), -- of job, scope, period and planned items, by the last attempt
    exit_code integer,                 -- of the last attempt that ended
    error_code text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    asked_by text NOT NULL,
    worker text NOT NULL DEFAULT '',   -- the last one's host and process, for people
    code_version text NOT NULL,        -- of the last attempt
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, job, scope, period_start, period_end),
    CHECK (period_start <= period_end),
    CHECK ((state = 'running') = (finished_at IS NULL))
);
SELECT passa_under_rls('job_run');
SELECT passa_never_deleted('job_run');
CREATE INDEX job_run_started ON job_run (organizer_id, started_at);

-- Who works on a job of one scope: one worker at a time, whatever the period. The number is one more with each taker, and is checked
-- inside every transaction that writes, so a worker that was thought dead commits nothing. A lease ends by the database's clock
-- unless it is renewed, or with the session that took it, so a killed worker frees its job at once.
CREATE TABLE job_lease (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    job text NOT NULL,
    scope text NOT NULL,
    number bigint NOT NULL,
    run_id uuid,
    until timestamptz,                 -- NULL: free
    owner text NOT NULL DEFAULT '',    -- host and process, for people
    session_pid integer,
    session_start timestamptz,
    PRIMARY KEY (organizer_id, job, scope),
    FOREIGN KEY (organizer_id, run_id) REFERENCES job_run (organizer_id, id)
);
SELECT passa_under_rls('job_lease');
SELECT passa_never_deleted('job_lease');

CREATE FUNCTION passa_lease_lives(lease job_lease) RETURNS boolean LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(lease.until > clock_timestamp(), false)
       AND coalesce(passa_session_start(lease.session_pid), 'infinity') IN (lease.session_start, '-infinity')
$$;

-- What a run has finished with: a run taken up again begins behind these.
CREATE TABLE job_item (
    organizer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    key text NOT NULL,                 -- of the job's own making, such as an event's name
    state text NOT NULL CHECK (state IN ('done', 'dead')), -- dead: given up, for the reason that stands here
    tries integer NOT NULL,
    counts jsonb NOT NULL,             -- what it did, by the word that people read
    error_code text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    ended_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, run_id, key),
    FOREIGN KEY (organizer_id, run_id) REFERENCES job_run (organizer_id, id),
    CHECK ((state = 'dead') = (error_code <> ''))
);
SELECT passa_under_rls('job_item');
SELECT passa_append_only('job_item');
