-- Runs of jobs: what was asked for, how far it came, how it ended. A run is (job, scope, period), once: two machines whose timers
-- fire together do its work once.

CREATE TABLE job_run (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    job text NOT NULL,
    scope text NOT NULL,               -- what it is about, such as an event's name; empty: all of the organizer
    period_start timestamptz NOT NULL,
    period_end timestamptz NOT NULL,   -- exclusive; the same instant: asked for by hand
    declared text NOT NULL DEFAULT '',  -- the declared job that asked for it first; empty: a person
    state text NOT NULL CHECK (state IN ('running', 'done', 'partial', 'failed', 'skipped')),
    attempts integer NOT NULL,         -- workers that took it up
    planned integer,                   -- items, by the last attempt; NULL: none came so far
    inputs_hash bytea CHECK (octet_length(inputs_hash) = 32), -- of job, scope, period and planned items, by the last attempt
    exit_code integer,                 -- of the last attempt that ended
    error_code text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    asked_by text NOT NULL,
    skipped_by text NOT NULL DEFAULT '',
    skip_reason text NOT NULL DEFAULT '',
    worker text NOT NULL DEFAULT '',   -- the last one's host and process, for people
    code_version text NOT NULL,        -- of the last attempt
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, job, scope, period_start, period_end),
    CHECK (period_start <= period_end),
    CHECK ((state = 'running') = (finished_at IS NULL)),
    CHECK ((state = 'skipped') = (skip_reason <> '') AND (skip_reason <> '') = (skipped_by <> ''))
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
    round integer NOT NULL,            -- how often a person had it tried again before
    state text NOT NULL CHECK (state IN ('done', 'dead')), -- dead: given up, for the reason that stands here
    tries integer NOT NULL,
    counts jsonb NOT NULL,             -- what it did, by the word that people read
    error_code text NOT NULL DEFAULT '',
    error text NOT NULL DEFAULT '',
    ended_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, run_id, key, round),
    FOREIGN KEY (organizer_id, run_id) REFERENCES job_run (organizer_id, id),
    CHECK ((state = 'dead') = (error_code <> ''))
);
SELECT passa_under_rls('job_item');
SELECT passa_append_only('job_item');
CREATE INDEX job_item_dead ON job_item (organizer_id, ended_at) WHERE state = 'dead';

-- What a person decided about an item that was given up.
CREATE TABLE job_verdict (
    organizer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    key text NOT NULL,
    round integer NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('retried', 'discarded')),
    decided_by text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    decided_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, run_id, key, round),
    FOREIGN KEY (organizer_id, run_id, key, round) REFERENCES job_item (organizer_id, run_id, key, round)
);
SELECT passa_under_rls('job_verdict');
SELECT passa_append_only('job_verdict');

-- Jobs that a person has stopped for a while, while it holds: of one scope, or of all (empty).
CREATE TABLE job_pause (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    job text NOT NULL,
    scope text NOT NULL,
    paused_by text NOT NULL,
    reason text NOT NULL CHECK (reason <> ''),
    paused_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, job, scope)
);
SELECT passa_under_rls('job_pause');

-- Jobs that run by themselves, as declared (kind Job). A period ends at each tick of the schedule: every so many minutes from midnight
-- UTC, or at a minute of the day of the organizer's zone.
CREATE TABLE job_declared (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    job text NOT NULL,
    scope text NOT NULL,
    schedule text NOT NULL,            -- as written
    every_minutes integer NOT NULL CHECK (every_minutes >= 0),   -- 0: at minute_of_day
    minute_of_day integer NOT NULL CHECK (minute_of_day BETWEEN 0 AND 1439),
    weekday integer NOT NULL CHECK (weekday BETWEEN 0 AND 7),    -- 1 is Monday; 0: every day
    since timestamptz NOT NULL,        -- periods that end later are its own
    timeout_seconds bigint,
    max_catchup integer NOT NULL CHECK (max_catchup > 0),
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name),
    UNIQUE (organizer_id, job, scope)
);
SELECT passa_under_rls('job_declared');

-- The periods of a schedule that end after $3 and not after $4. Where clocks jump over a time of day it is taken as before the jump; of
-- one that comes twice the later is meant: so PostgreSQL reads local times.
CREATE FUNCTION passa_job_periods(declared job_declared, zone text, after timestamptz, through timestamptz)
RETURNS TABLE (period_start timestamptz, period_end timestamptz) LANGUAGE sql STABLE AS $$
    WITH tick AS (
        SELECT t AS at
        FROM (SELECT make_interval(mins => nullif(declared.every_minutes, 0)) AS length) step -- NULL: no ticks of this kind
        CROSS JOIN LATERAL generate_series(date_bin(step.length, after, 'epoch'), through, step.length) t
        UNION ALL
        SELECT (day + make_interval(mins => declared.minute_of_day)) AT TIME ZONE zone
        FROM generate_series(((after AT TIME ZONE zone)::date - 8)::timestamp, through AT TIME ZONE zone, interval '1 day') day
        WHERE declared.every_minutes = 0 AND declared.weekday IN (0, extract(isodow FROM day))
    ), period AS (
        SELECT lag(at) OVER (ORDER BY at) AS period_start, at AS period_end FROM tick
    )
    SELECT p.period_start, p.period_end FROM period p
    WHERE p.period_start IS NOT NULL AND p.period_end > after AND p.period_end <= through
    ORDER BY p.period_end
$$;
