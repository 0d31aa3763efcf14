-- batch > payout (intent) > attempt (one try on a rail) > evidence > journal. The allowed states and moves are the table in
-- lib/payout/state.cpp; a test compares the CHECKs below with it. An attempt with its exact bytes is committed before any
-- byte leaves; a second attempt for a payout needs stored evidence that the first is dead.

CREATE TABLE payout_batch (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    event_id uuid,
    settlement_id uuid,             -- null: made from a file
    file_sha256 bytea,              -- over what the file says: a second batch is made of the same only when asked to, by name
    treasury_id uuid NOT NULL,
    policy_id uuid NOT NULL,        -- the payout_policy version in force when it was made
    state text NOT NULL CHECK (state IN ('awaiting_approval', 'approved', 'running', 'drained', 'cancelled')),
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32), -- over the canonical text of every payout: what is approved
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    made_os_user text NOT NULL DEFAULT '', -- names are what people say of themselves: beside them, what others knew them by
    made_db_user text NOT NULL DEFAULT session_user,
    changed_at timestamptz NOT NULL,
    -- The sender's lease: a token checked inside every money transaction. It ends by the database's clock, or with the
    -- session that took it, so a killed sender frees it at once.
    lease_token uuid,
    lease_until timestamptz,
    lease_session_pid integer,
    lease_session_start timestamptz,
    PRIMARY KEY (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id),
    FOREIGN KEY (organizer_id, treasury_id) REFERENCES treasury (organizer_id, id),
    FOREIGN KEY (organizer_id, policy_id) REFERENCES payout_policy (organizer_id, id)
);
SELECT passa_under_rls('payout_batch');
SELECT passa_never_deleted('payout_batch');
CREATE INDEX payout_batch_file ON payout_batch (organizer_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- Who made it, of what, and the hash that is approved never change: only how far it came, and who is at it.
CREATE FUNCTION passa_batch_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept payout_batch := NEW;
BEGIN
    kept.state := OLD.state;
    kept.changed_at := OLD.changed_at;
    kept.lease_token := OLD.lease_token;
    kept.lease_until := OLD.lease_until;
    kept.lease_session_pid := OLD.lease_session_pid;
    kept.lease_session_start := OLD.lease_session_start;
    IF kept IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'batch % is fixed: only its state and lease move', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER batch_fixed BEFORE UPDATE ON payout_batch FOR EACH ROW EXECUTE FUNCTION passa_batch_fixed();

CREATE TABLE payout_approval (
    organizer_id uuid NOT NULL,
    batch_id uuid NOT NULL,
    batch_sha256 bytea NOT NULL,
    approved_by text NOT NULL,
    approved_at timestamptz NOT NULL, -- it holds for a time: the same person may approve again
    os_user text NOT NULL DEFAULT '',
    db_user text NOT NULL DEFAULT session_user,
    PRIMARY KEY (organizer_id, batch_id, approved_by, approved_at),
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
    file_line integer,              -- of the payment file
    reference text NOT NULL DEFAULT '', -- the file's own word for it
    owed_minor numeric(39, 0) NOT NULL CHECK (owed_minor > 0),
    -- What the party owed us for other events, cleared with this payout: of the event's payable, owed_minor + netted_minor is taken.
    netted_minor numeric(39, 0) NOT NULL DEFAULT 0 CHECK (netted_minor >= 0),
    owed_asset_id text NOT NULL,
    amount_minor numeric(39, 0) NOT NULL CHECK (amount_minor >= 0), -- 0 only while blocked
    asset_id text NOT NULL,
    exchange_rate_id uuid,          -- the version it was converted at; null: same asset
    rail text,
    destination text,
    memo text,
    own_memo boolean NOT NULL DEFAULT false, -- the file's line brought it: then its party's is not asked
    state text NOT NULL CHECK (state IN ('planned', 'ready', 'reserved', 'sending', 'accepted', 'confirmed', 'settled',
        'unknown', 'failed', 'returned', 'blocked', 'cancelled')),
    reason text NOT NULL DEFAULT '', -- why it is blocked, failed, unknown ...
    reserve_journal_id uuid,        -- reversed when the payout fails or is cancelled
    reserved_at timestamptz,        -- by the database's clock: daily limits count it on that day
    changed_at timestamptz NOT NULL,
    -- What a line of a payment file says, in whatever file and line it stands: to whom, how much of what, what for.
    line_key text GENERATED ALWAYS AS (
        CASE WHEN source = 'expense' THEN
            coalesce(party_id::text, quote_literal(destination) || quote_literal(coalesce(memo, ''))) || ' ' || owed_minor || ' '
            || quote_literal(owed_asset_id) || quote_literal(reference)
        END) STORED,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, batch_id, pos),
    CHECK (source = 'expense' OR (party_id IS NOT NULL AND event_id IS NOT NULL)),
    UNIQUE (organizer_id, reserve_journal_id),
    CHECK ((line_key IS NOT NULL) = (source = 'expense')),
    CHECK (memo IS NOT NULL OR NOT own_memo),
    CHECK ((reserve_journal_id IS NULL) = (reserved_at IS NULL)),
    -- What money is set aside for has an amount, a journal entry, and a rate where it needs one.
    CHECK (amount_minor > 0 OR state IN ('planned', 'blocked', 'cancelled')),
    CHECK (reserve_journal_id IS NOT NULL OR state IN ('planned', 'ready', 'blocked', 'cancelled')),
    CHECK (exchange_rate_id IS NOT NULL OR (asset_id, amount_minor) = (owed_asset_id, owed_minor)
           OR state IN ('planned', 'blocked', 'cancelled')),
    FOREIGN KEY (organizer_id, asset_id) REFERENCES asset (organizer_id, id),
    FOREIGN KEY (organizer_id, owed_asset_id) REFERENCES asset (organizer_id, id),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id),
    FOREIGN KEY (organizer_id, exchange_rate_id) REFERENCES exchange_rate (organizer_id, id),
    FOREIGN KEY (organizer_id, reserve_journal_id) REFERENCES journal (organizer_id, id),
    FOREIGN KEY (organizer_id, batch_id) REFERENCES payout_batch (organizer_id, id),
    FOREIGN KEY (organizer_id, party_id) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('payout');
SELECT passa_never_deleted('payout');
CREATE INDEX payout_batch_state ON payout (organizer_id, batch_id, state);
CREATE INDEX payout_reserved ON payout (organizer_id, reserved_at);
CREATE INDEX payout_not_begun ON payout (organizer_id, party_id) WHERE state IN ('planned', 'ready');
CREATE INDEX payout_party_event ON payout (organizer_id, party_id, event_id) WHERE event_id IS NOT NULL;
CREATE INDEX payout_line ON payout (organizer_id, line_key) WHERE line_key IS NOT NULL;
-- A reference says what is paid for, and that is paid once, whichever file asks for it.
CREATE UNIQUE INDEX payout_paid_line ON payout (organizer_id, line_key)
    WHERE reference <> '' AND state NOT IN ('blocked', 'failed', 'returned', 'cancelled');

-- The table of moves in lib/payout/state.cpp: a test compares the two.
CREATE TABLE payout_move_allowed (
    state_from text NOT NULL,
    cause text NOT NULL,
    state_to text NOT NULL,
    PRIMARY KEY (state_from, state_to, cause)
);
GRANT SELECT ON payout_move_allowed TO passa_app;
INSERT INTO payout_move_allowed (state_from, cause, state_to) VALUES
    ('planned', 'checked', 'ready'),
    ('planned', 'refused_by_check', 'blocked'),
    ('planned', 'withdrawn', 'cancelled'),
    ('ready', 'refused_by_check', 'blocked'),
    ('ready', 'money_reserved', 'reserved'),
    ('ready', 'withdrawn', 'cancelled'),
    ('blocked', 'withdrawn', 'cancelled'),
    ('reserved', 'attempt_stored', 'sending'),
    ('reserved', 'refused_by_check', 'failed'),
    ('reserved', 'withdrawn', 'cancelled'),
    ('sending', 'rail_accepted', 'accepted'),
    ('sending', 'no_answer', 'unknown'),
    ('sending', 'proof_of_success', 'confirmed'),
    ('sending', 'proof_of_failure', 'failed'),
    ('sending', 'proof_of_absence', 'reserved'),
    ('accepted', 'no_answer', 'unknown'),
    ('accepted', 'proof_of_success', 'confirmed'),
    ('accepted', 'proof_of_failure', 'failed'),
    ('accepted', 'proof_of_absence', 'reserved'),
    ('unknown', 'rail_accepted', 'accepted'),
    ('unknown', 'proof_of_success', 'confirmed'),
    ('unknown', 'proof_of_failure', 'failed'),
    ('unknown', 'proof_of_absence', 'reserved'),
    ('confirmed', 'statement_matched', 'settled'),
    ('confirmed', 'came_back', 'returned'),
    ('settled', 'came_back', 'returned');

-- What a payout pays, to whom and out of what never changes, and its money is set aside once: else only its state and reason move,
-- and its state only as the table says.
CREATE FUNCTION passa_payout_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept payout := NEW;
BEGIN
    kept.state := OLD.state;
    kept.reason := OLD.reason;
    kept.changed_at := OLD.changed_at;
    kept.line_key := OLD.line_key; -- it is computed after this trigger, of columns that are compared here
    IF OLD.reserve_journal_id IS NULL THEN
        kept.reserve_journal_id := NULL;
        kept.reserved_at := NULL;
    END IF;
    IF kept IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'payout % is fixed: only its state moves', OLD.id USING ERRCODE = 'PA002';
    END IF;
    IF NEW.state <> OLD.state AND NOT EXISTS (SELECT 1 FROM payout_move_allowed WHERE state_from = OLD.state AND state_to = NEW.state) THEN
        RAISE EXCEPTION 'payout % cannot move from % to %', OLD.id, OLD.state, NEW.state USING ERRCODE = 'PA002';
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
    FOREIGN KEY (organizer_id, payout_id) REFERENCES payout (organizer_id, id),
    FOREIGN KEY (state_from, state_to, cause) REFERENCES payout_move_allowed (state_from, state_to, cause)
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
    FOREIGN KEY (organizer_id, fee_asset_id) REFERENCES asset (organizer_id, id),
    FOREIGN KEY (organizer_id, batch_id) REFERENCES payout_batch (organizer_id, id)
);
SELECT passa_under_rls('payout_attempt');
SELECT passa_never_deleted('payout_attempt');
CREATE INDEX payout_attempt_open ON payout_attempt (organizer_id, batch_id) WHERE state IN ('prepared', 'sent', 'unknown');
-- The numbers that attempts of one account carried, asked for before each new one.
CREATE INDEX payout_attempt_number ON payout_attempt (organizer_id, source, sequence);

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
