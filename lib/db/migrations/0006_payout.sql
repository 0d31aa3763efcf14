-- batch > payout (intent) > attempt (one try on a rail) > evidence > journal. The allowed states and moves are the table in
-- lib/payout/state.cpp; a test compares the CHECKs below with it. An attempt with its exact bytes is committed before any
-- byte leaves; a second attempt for a payout needs stored evidence that the first is dead.

CREATE TABLE payout_batch (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    event_id uuid,
    settlement_id uuid,             -- null: made from a file
    file_sha256 bytea,              -- the same file makes a second batch only when asked to, by name
    treasury_id uuid NOT NULL,
    policy_id uuid NOT NULL,        -- the payout_policy version in force when it was made
    state text NOT NULL CHECK (state IN ('awaiting_approval', 'approved', 'running', 'drained', 'closed', 'cancelled')),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32), -- over the canonical text of every payout: what is approved
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    -- The sender's lease: a token checked inside every money transaction. It ends by the database's clock, or with the
    -- session that took it, so a killed sender frees it at once.
    lease_token uuid,
    lease_until timestamptz,
    lease_session_pid integer,
    lease_session_start timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, treasury_id) REFERENCES treasury (organizer_id, id),
    FOREIGN KEY (organizer_id, policy_id) REFERENCES payout_policy (organizer_id, id)
);
SELECT passa_under_rls('payout_batch');
SELECT passa_never_deleted('payout_batch');

CREATE TABLE payout_approval (
    organizer_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    batch_sha256 bytea NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, batch_id, approved_by),
    FOREIGN KEY (organizer_id, batch_id) REFERENCES payout_batch (organizer_id, id)
);
SELECT passa_under_rls('payout_approval');
SELECT passa_append_only('payout_approval');

CREATE TABLE payout (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    pos integer NOT NULL,
    party_id uuid,                  -- null: an expense to somebody who is not a party
    event_id uuid,
    source text NOT NULL CHECK (source IN ('payable', 'expense')), -- what is debited
    reference text NOT NULL DEFAULT '', -- the file's own word for it
    owed_minor numeric(39, 0) NOT NULL CHECK (owed_minor > 0),
    owed_asset_id text NOT NULL,
    amount_minor numeric(39, 0) NOT NULL CHECK (amount_minor >= 0), -- 0 only while blocked
    asset_id text NOT NULL,
    exchange_rate_id uuid,          -- the version it was converted at; null: same asset
    rail text,
    destination text,
    memo text,
    state text NOT NULL CHECK (state IN ('planned', 'ready', 'reserved', 'sending', 'accepted', 'confirmed', 'settled',
        'unknown', 'failed', 'returned', 'blocked', 'cancelled')),
    reason text NOT NULL DEFAULT '', -- why it is blocked, failed, unknown ...
    reserve_journal_id uuid,        -- reversed when the payout fails or is cancelled
    reserved_at timestamptz,        -- by the database's clock: daily limits count it on that day
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, batch_id, pos),
    CHECK (source = 'expense' OR (party_id IS NOT NULL AND event_id IS NOT NULL)),
    CHECK ((reserve_journal_id IS NULL) = (reserved_at IS NULL)),
    FOREIGN KEY (organizer_id, batch_id) REFERENCES payout_batch (organizer_id, id),
    FOREIGN KEY (organizer_id, party_id) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('payout');
SELECT passa_never_deleted('payout');
CREATE INDEX payout_batch_state ON payout (organizer_id, batch_id, state);
CREATE INDEX payout_reserved ON payout (organizer_id, reserved_at);
CREATE INDEX payout_not_begun ON payout (organizer_id, party_id) WHERE state IN ('planned', 'ready');

-- Money facts of a payout never change once money is reserved for it; only its state and reason move.
CREATE FUNCTION passa_payout_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reserve_journal_id IS NOT NULL AND
       (NEW.party_id, NEW.owed_minor, NEW.owed_asset_id, NEW.amount_minor, NEW.asset_id, NEW.destination, NEW.memo, NEW.reserve_journal_id)
       IS DISTINCT FROM
       (OLD.party_id, OLD.owed_minor, OLD.owed_asset_id, OLD.amount_minor, OLD.asset_id, OLD.destination, OLD.memo, OLD.reserve_journal_id)
    THEN
        RAISE EXCEPTION 'payout % is reserved: its amount and destination are fixed', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payout_fixed BEFORE UPDATE ON payout FOR EACH ROW EXECUTE FUNCTION passa_payout_fixed();

-- Every move: who, why, when, on what evidence.
CREATE TABLE payout_move (
    organizer_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    seq integer NOT NULL,
    state_from text NOT NULL,
    cause text NOT NULL,
    state_to text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    evidence_id uuid,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, payout_id, seq),
    FOREIGN KEY (organizer_id, payout_id) REFERENCES payout (organizer_id, id)
);
SELECT passa_under_rls('payout_move');
SELECT passa_append_only('payout_move');

-- One try on a rail: on Stellar one signed transaction with up to 100 payments.
CREATE TABLE payout_attempt (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    rail text NOT NULL,
    network text NOT NULL,
    key text NOT NULL,              -- how the rail knows it: the transaction hash
    payload bytea NOT NULL,         -- the exact bytes that are sent, and sent again
    source text NOT NULL,           -- the account whose sequence it uses
    sequence numeric(39, 0),
    fee_minor numeric(39, 0) NOT NULL, -- the most it may cost
    fee_asset_id text NOT NULL,
    valid_until timestamptz NOT NULL,
    first_ledger bigint NOT NULL,   -- newest ledger known when it was made: history must reach back to it
    state text NOT NULL CHECK (state IN ('prepared', 'sent', 'unknown', 'confirmed', 'dead')),
    dead_evidence_id uuid,
    made_at timestamptz NOT NULL,
    sent_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, rail, key),
    CHECK ((state = 'dead') = (dead_evidence_id IS NOT NULL)),
    FOREIGN KEY (organizer_id, batch_id) REFERENCES payout_batch (organizer_id, id)
);
SELECT passa_under_rls('payout_attempt');
SELECT passa_never_deleted('payout_attempt');

-- What was sent never changes: only how far it came.
CREATE FUNCTION passa_attempt_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept payout_attempt := NEW;
BEGIN
    kept.state := OLD.state;
    kept.sent_at := OLD.sent_at;
    kept.finished_at := OLD.finished_at;
    kept.dead_evidence_id := OLD.dead_evidence_id;
    IF kept IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'attempt % is fixed: only its state moves', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_fixed BEFORE UPDATE ON payout_attempt FOR EACH ROW EXECUTE FUNCTION passa_attempt_fixed();

CREATE TABLE payout_attempt_line (
    organizer_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    pos integer NOT NULL,           -- operation index
    payout_id uuid NOT NULL,
    live boolean NOT NULL,          -- false once the attempt is proved dead
    PRIMARY KEY (organizer_id, attempt_id, pos),
    FOREIGN KEY (organizer_id, attempt_id) REFERENCES payout_attempt (organizer_id, id),
    FOREIGN KEY (organizer_id, payout_id) REFERENCES payout (organizer_id, id)
);
SELECT passa_under_rls('payout_attempt_line');
SELECT passa_never_deleted('payout_attempt_line');

-- Proved dead once, and for good: the row is what keeps a payout from being paid twice.
CREATE FUNCTION passa_attempt_line_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.organizer_id, NEW.attempt_id, NEW.pos, NEW.payout_id) IS DISTINCT FROM (OLD.organizer_id, OLD.attempt_id, OLD.pos, OLD.payout_id)
       OR (NEW.live AND NOT OLD.live)
    THEN
        RAISE EXCEPTION 'line % of attempt % is fixed', OLD.pos, OLD.attempt_id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER attempt_line_fixed BEFORE UPDATE ON payout_attempt_line FOR EACH ROW EXECUTE FUNCTION passa_attempt_line_fixed();
-- At most one attempt of a payout is not proved dead.
CREATE UNIQUE INDEX payout_one_live_attempt ON payout_attempt_line (organizer_id, payout_id) WHERE live;

CREATE TABLE evidence (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    rail text NOT NULL,
    kind text NOT NULL,             -- sent, found, absent, refused, statement ...
    external_ref text NOT NULL,
    raw bytea NOT NULL,             -- as it came
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    details jsonb NOT NULL,
    seen_at timestamptz NOT NULL,
    attempt_id uuid,
    PRIMARY KEY (organizer_id, id)
);
SELECT passa_under_rls('evidence');
SELECT passa_append_only('evidence');
CREATE INDEX evidence_ref ON evidence (organizer_id, rail, external_ref);
