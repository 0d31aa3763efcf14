-- Notices: who is told of what, and what still has to be said. A notice is committed with the fact it tells of, because a trigger of
-- the fact's own table writes it, whatever code wrote the fact; it is delivered afterwards, so no receiver can fail a job.

-- Where notices go: the manifest kind NoticeChannel.
CREATE TABLE notice_channel (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    type text NOT NULL CHECK (type IN ('email', 'webhook', 'ping')),
    language text NOT NULL CHECK (language IN ('en', 'sw')),
    kinds text[] NOT NULL,             -- what is told
    jobs text[] NOT NULL,              -- of these jobs alone; none: of all
    url text,                          -- of webhooks and pings
    server text,                       -- of email, host:port, and how it is spoken to
    tls text CHECK (tls IN ('starttls', 'implicit', 'none')),
    sender text,
    recipients text[] NOT NULL,
    username text,
    credential text,                   -- the name of a file that holds the secret; never the secret
    private_addresses boolean NOT NULL, -- whether the receiver may be inside the house
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name),
    CHECK ((type = 'email') = (server IS NOT NULL)),
    CHECK ((type = 'email') = (tls IS NOT NULL)),
    CHECK ((type = 'email') = (sender IS NOT NULL))
);
SELECT passa_under_rls('notice_channel');

-- One notice for one channel. The key names the fact: told once, however often its transaction is tried.
CREATE TABLE notice_outbox (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    channel text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('run.done', 'run.partial', 'run.failed', 'run.alarm', 'break.opened', 'test')),
    dedupe_key text NOT NULL,
    payload jsonb NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'dead')), -- dead: given up, for the error
    tries integer NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL DEFAULT '-infinity',
    error text NOT NULL DEFAULT '',    -- of the last try
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, channel, dedupe_key),
    CHECK ((state = 'waiting') = (ended_at IS NULL)),
    CHECK (state <> 'dead' OR error <> '')
);
SELECT passa_under_rls('notice_outbox');
SELECT passa_never_deleted('notice_outbox');
CREATE INDEX notice_outbox_due ON notice_outbox (organizer_id, next_at) WHERE state = 'waiting';
CREATE INDEX notice_outbox_newest ON notice_outbox (organizer_id, created_at);

CREATE FUNCTION passa_notice(organizer uuid, what text, job_name text, fact_key text, facts jsonb) RETURNS void LANGUAGE sql AS $$
    INSERT INTO notice_outbox (organizer_id, id, channel, kind, dedupe_key, payload)
    SELECT organizer, gen_random_uuid(), c.name, what, fact_key, facts
    FROM notice_channel c
    WHERE c.organizer_id = organizer AND what = ANY (c.kinds) AND (c.jobs = '{}' OR job_name = ANY (c.jobs))
    ON CONFLICT (organizer_id, channel, dedupe_key) DO NOTHING
$$;

-- A run ended: well, in part, not at all, or with something that a person must look at.
CREATE FUNCTION passa_notice_of_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM passa_notice(NEW.organizer_id,
        CASE WHEN NEW.state <> 'done' THEN 'run.' || NEW.state WHEN coalesce(NEW.exit_code, 0) = 0 THEN 'run.done' ELSE 'run.alarm' END,
        NEW.job, format('run %s %s', NEW.id, NEW.attempts),
        jsonb_build_object('job', NEW.job, 'scope', NEW.scope, 'run', NEW.id, 'attempt', NEW.attempts, 'exit_code', coalesce(NEW.exit_code, 0),
            'error_code', NEW.error_code, 'error', NEW.error));
    RETURN NULL;
END $$;
CREATE TRIGGER notice_of_run AFTER UPDATE OF state ON job_run FOR EACH ROW WHEN (NEW.state IN ('done', 'partial', 'failed'))
    EXECUTE FUNCTION passa_notice_of_run();

-- A reconciliation opened breaks: one notice for all of them, since there may be thousands. The run's row is written behind its breaks.
CREATE FUNCTION passa_notice_of_breaks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    opened bigint := (SELECT count(*) FROM recon_break WHERE organizer_id = NEW.organizer_id AND run_id = NEW.id);
BEGIN
    IF opened > 0 THEN
        PERFORM passa_notice(NEW.organizer_id, 'break.opened', 'reconcile', format('breaks %s', NEW.id),
            jsonb_build_object('treasury', (SELECT name FROM treasury WHERE organizer_id = NEW.organizer_id AND id = NEW.treasury_id),
                'run', NEW.id, 'opened', opened, 'open', NEW.breaks_open));
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER notice_of_breaks AFTER INSERT ON recon_run FOR EACH ROW EXECUTE FUNCTION passa_notice_of_breaks();
