-- Chain against book, both ways. Statement lines are kept once, whoever reads them again; a break is a line that nothing
-- explains, with a type, an age and, in the end, a reason it was closed.

-- A line keeps no evidence: it names its transaction, whose bytes every node and archive of the network keeps, so that anybody can
-- read it again. A rail whose statement is a file that only we hold keeps that file's bytes in evidence.
CREATE TABLE statement_line (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    treasury_id uuid NOT NULL,
    external_ref text NOT NULL,     -- transaction hash and operation index: unique for ever
    kind text NOT NULL CHECK (kind IN ('payment', 'fee', 'funding', 'other')),
    amount_minor numeric(39, 0) NOT NULL, -- signed: what it did to the treasury
    asset_id text NOT NULL,
    counterparty text NOT NULL,
    memo text NOT NULL,
    booked_at timestamptz NOT NULL,
    position bigint NOT NULL,       -- order within the rail's history (ledger << 32 | tx << 12 | op)
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, treasury_id, external_ref, kind, asset_id),
    FOREIGN KEY (organizer_id, treasury_id) REFERENCES treasury (organizer_id, id)
);
SELECT passa_under_rls('statement_line');
SELECT passa_append_only('statement_line');

CREATE TABLE recon_run (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    treasury_id uuid NOT NULL,
    from_position bigint NOT NULL,  -- half open: (from, to]
    to_position bigint NOT NULL,
    to_ledger bigint NOT NULL,
    lines_read bigint NOT NULL,
    matched bigint NOT NULL,
    breaks_open bigint NOT NULL,
    ran_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id)
);
SELECT passa_under_rls('recon_run');
SELECT passa_append_only('recon_run');

-- opening + in - out - fees = closing, per run and asset, to the smallest unit.
CREATE TABLE recon_balance (
    organizer_id uuid NOT NULL,
    run_id uuid NOT NULL,
    asset_id text NOT NULL,
    opening numeric(39, 0) NOT NULL,
    money_in numeric(39, 0) NOT NULL,
    money_out numeric(39, 0) NOT NULL,
    fees numeric(39, 0) NOT NULL,
    closing numeric(39, 0) NOT NULL, -- as the chain says
    gap numeric(39, 0) NOT NULL,
    PRIMARY KEY (organizer_id, run_id, asset_id),
    FOREIGN KEY (organizer_id, run_id) REFERENCES recon_run (organizer_id, id),
    CHECK (gap = opening + money_in - money_out - fees - closing)
);
SELECT passa_under_rls('recon_balance');
SELECT passa_append_only('recon_balance');

CREATE TABLE recon_match (
    organizer_id uuid NOT NULL,
    statement_line_id uuid NOT NULL,
    run_id uuid NOT NULL,
    rule text NOT NULL,             -- which pass found it
    payout_id uuid,                 -- null: a fee or funding line
    journal_id uuid,
    PRIMARY KEY (organizer_id, statement_line_id),
    UNIQUE (organizer_id, payout_id),
    FOREIGN KEY (organizer_id, statement_line_id) REFERENCES statement_line (organizer_id, id),
    FOREIGN KEY (organizer_id, payout_id) REFERENCES payout (organizer_id, id),
    FOREIGN KEY (organizer_id, journal_id) REFERENCES journal (organizer_id, id)
);
SELECT passa_under_rls('recon_match');
SELECT passa_append_only('recon_match');

CREATE TABLE recon_break (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    run_id uuid NOT NULL,
    treasury_id uuid NOT NULL,
    type text NOT NULL CHECK (type IN ('MISSING_EXTERNAL', 'MISSING_INTERNAL', 'AMOUNT', 'FEE', 'DUPLICATE_EXTERNAL',
        'STATUS_CONFLICT', 'PARTY_MISMATCH', 'TIMING', 'BAD_REFERENCE', 'BALANCE_GAP', 'LATE_RETURN', 'UNKNOWN_OUTCOME')),
    subject text NOT NULL,          -- what it is about: an external reference, a payout id, an asset; one open break each
    payout_id uuid,
    statement_line_id uuid,
    amount_minor numeric(39, 0) NOT NULL,
    asset_id text NOT NULL,
    opened_at timestamptz NOT NULL,
    closed_at timestamptz,
    close_code text CHECK (close_code IN ('matched', 'funding', 'paid', 'returned', 'written_off', 'reissued', 'refunded',
        'provider_corrected')),
    close_reason text,
    closed_by text,
    PRIMARY KEY (organizer_id, id),
    CHECK ((closed_at IS NULL) = (close_code IS NULL)),
    CHECK (closed_at IS NULL OR (close_reason <> '' AND closed_by <> '')),
    FOREIGN KEY (organizer_id, payout_id) REFERENCES payout (organizer_id, id),
    FOREIGN KEY (organizer_id, statement_line_id) REFERENCES statement_line (organizer_id, id)
);
SELECT passa_under_rls('recon_break');
CREATE UNIQUE INDEX recon_one_open_break ON recon_break (organizer_id, treasury_id, type, subject) WHERE closed_at IS NULL;
