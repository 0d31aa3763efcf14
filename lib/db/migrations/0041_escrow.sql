-- A split plan may say that a contract holds its money and pays it out, so that nobody need trust the organizer's word for the split. What
-- settlements post under it is owed through the contract; what the contract tells of each movement is booked as it is heard.
ALTER TABLE split_plan_version
    ADD COLUMN contract text,       -- a Contract; null: paid by payouts
    ADD COLUMN treasury text,       -- the Treasury that deposits, and gets back what was too much
    ADD CHECK ((contract IS NULL) = (treasury IS NULL)),
    ADD CHECK (contract IS NULL OR (basis = 'net' AND commission_from IS NULL)); -- the contract knows no other law

ALTER TABLE settlement_due ADD COLUMN through_contract boolean NOT NULL DEFAULT false; -- owed as contract_payable

ALTER TABLE account DROP CONSTRAINT account_kind_check, DROP CONSTRAINT account_check;
ALTER TABLE account
    ADD CONSTRAINT account_kind_check CHECK (kind IN (
        'gateway_receivable', 'event_proceeds', 'tax_held', 'platform_fee', 'payment_fee', 'party_payable', 'commission_payable',
        'contract_payable',    -- owed to a party or creator, by a contract that pays it
        'contract_held',       -- what contracts hold of the event's money
        'contract_transit',    -- between a contract and a treasury: one of them has told, the other not yet
        'payout_clearing', 'treasury', 'network_fee', 'fx', 'fx_rounding', 'expense', 'funding', 'suspense')),
    ADD CONSTRAINT account_check CHECK (
        CASE WHEN kind LIKE '%\_payable' THEN num_nonnulls(event_id, party_id) = 2 AND treasury_id IS NULL
             WHEN kind IN ('gateway_receivable', 'event_proceeds', 'tax_held', 'platform_fee', 'payment_fee', 'contract_held', 'contract_transit')
             THEN event_id IS NOT NULL AND num_nonnulls(party_id, treasury_id) = 0
             WHEN kind IN ('treasury', 'payout_clearing', 'network_fee', 'funding', 'suspense')
             THEN treasury_id IS NOT NULL AND num_nonnulls(event_id, party_id) = 0
             WHEN kind IN ('fx', 'fx_rounding') THEN num_nonnulls(event_id, party_id, treasury_id) = 0
             ELSE party_id IS NULL END);

ALTER TABLE journal DROP CONSTRAINT journal_kind_check;
ALTER TABLE journal ADD CONSTRAINT journal_kind_check CHECK (kind IN (
    'sales', 'settlement', 'payout_reserve', 'payout_done', 'payout_found', 'funding', 'network_fee', 'statement', 'write_off', 'reversal',
    'contract_event',   -- a contract told of a movement
    'contract_line',    -- the same movement, on the treasury's statement
    'contract_release')); -- what a contract will not pay any more is paid by payouts

-- A plan bound to a contract on its network: fixed when the first money goes there.
CREATE TABLE escrow (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    network text NOT NULL,
    address text NOT NULL,          -- C...
    treasury_id uuid NOT NULL,
    asset_id text NOT NULL,         -- the event's currency, which the contract's token is
    booked_through text NOT NULL,   -- the last of its events that was booked; empty: none
    opened_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, plan_id),
    UNIQUE (organizer_id, network, address),
    FOREIGN KEY (organizer_id, event_id, plan_id) REFERENCES split_plan (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, treasury_id) REFERENCES treasury (organizer_id, id),
    FOREIGN KEY (organizer_id, asset_id) REFERENCES asset (organizer_id, id)
);
SELECT passa_under_rls('escrow');
SELECT passa_never_deleted('escrow');

CREATE FUNCTION passa_escrow_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept escrow := NEW;
BEGIN
    kept.booked_through := OLD.booked_through;
    IF kept IS DISTINCT FROM OLD OR NEW.booked_through < OLD.booked_through THEN
        RAISE EXCEPTION 'the contract of plan % is fixed: only booking goes forward', OLD.plan_id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER escrow_fixed BEFORE UPDATE ON escrow FOR EACH ROW EXECUTE FUNCTION passa_escrow_fixed();

-- Which version of the contract's plan a version of ours is, and whom its addresses are. Each is bound once.
CREATE TABLE escrow_version (
    organizer_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    plan_version_id uuid NOT NULL,
    contract_version integer NOT NULL CHECK (contract_version > 0),
    PRIMARY KEY (organizer_id, plan_id, plan_version_id),
    UNIQUE (organizer_id, plan_id, contract_version),
    FOREIGN KEY (organizer_id, plan_id) REFERENCES escrow (organizer_id, plan_id)
);
SELECT passa_under_rls('escrow_version');
SELECT passa_append_only('escrow_version');

CREATE TABLE escrow_payee (
    organizer_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    address text NOT NULL,
    party_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, plan_id, address),
    FOREIGN KEY (organizer_id, plan_id) REFERENCES escrow (organizer_id, plan_id),
    FOREIGN KEY (organizer_id, party_id) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('escrow_payee');
SELECT passa_append_only('escrow_payee');

-- What the contract told of one movement, and the entry that it became.
CREATE TABLE escrow_movement (
    organizer_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    contract_event_id text NOT NULL, -- the network's
    pos integer NOT NULL,            -- one event may tell of many payees
    kind text NOT NULL CHECK (kind IN ('deposit', 'refund', 'commission', 'paid', 'exit')),
    transaction text NOT NULL,       -- its hash
    contract_version integer,        -- of its plan; null: of all
    address text NOT NULL,           -- from whom, or to whom
    party_id uuid,                   -- of a payee that is known
    asset_id text NOT NULL,
    amount_minor numeric(39, 0) NOT NULL CHECK (amount_minor > 0),
    journal_id uuid,                 -- none: nothing moved, something was only credited
    PRIMARY KEY (organizer_id, plan_id, contract_event_id, pos),
    CHECK ((kind = 'commission') = (journal_id IS NULL)),
    FOREIGN KEY (organizer_id, plan_id) REFERENCES escrow (organizer_id, plan_id),
    FOREIGN KEY (organizer_id, journal_id) REFERENCES journal (organizer_id, id)
);
SELECT passa_under_rls('escrow_movement');
SELECT passa_append_only('escrow_movement');
CREATE INDEX escrow_movement_transaction ON escrow_movement (organizer_id, transaction);

-- Where the contract does not pay any more, the rest is paid by payouts: one asks with the figures, another approves exactly those.
CREATE TABLE escrow_release (
    organizer_id uuid NOT NULL,
    plan_id uuid NOT NULL,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32), -- of the figures
    figures text NOT NULL,          -- JSON: what each party is released, and what stays with the contract
    reason text NOT NULL CHECK (reason <> ''),
    asked_by text NOT NULL,
    asked_at timestamptz NOT NULL,
    approved_by text,
    approved_at timestamptz,
    journal_id uuid,
    PRIMARY KEY (organizer_id, plan_id, sha256),
    CHECK (num_nulls(approved_by, approved_at) IN (0, 2) AND (journal_id IS NULL OR approved_at IS NOT NULL)),
    FOREIGN KEY (organizer_id, plan_id) REFERENCES escrow (organizer_id, plan_id),
    FOREIGN KEY (organizer_id, journal_id) REFERENCES journal (organizer_id, id)
);
SELECT passa_under_rls('escrow_release');
SELECT passa_never_deleted('escrow_release');
CREATE UNIQUE INDEX escrow_released_once ON escrow_release (organizer_id, plan_id) WHERE approved_at IS NOT NULL;

CREATE FUNCTION passa_release_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept escrow_release := NEW;
BEGIN
    kept.approved_by := NULL;
    kept.approved_at := NULL;
    kept.journal_id := NULL;
    IF OLD.approved_at IS NOT NULL OR kept IS DISTINCT FROM OLD THEN
        RAISE EXCEPTION 'a release is approved once, as it was asked for' USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_fixed BEFORE UPDATE ON escrow_release FOR EACH ROW EXECUTE FUNCTION passa_release_fixed();

-- Asking and approving stand in the audit trail, and are sealed with it.
DO $do$
BEGIN
    EXECUTE 'CREATE OR REPLACE VIEW audit_trail WITH (security_invoker = true) AS '
        || rtrim(pg_get_viewdef('audit_trail'::regclass), ';')
        || $part$
UNION ALL
SELECT r.organizer_id, r.asked_at, r.asked_by, 'asked', 'release of split plan ' || p.name, NULL::uuid, r.reason, 'passa escrow release', r.sha256,
       'release/' || r.plan_id || '/' || encode(r.sha256, 'hex') || '/asked'
FROM escrow_release r
JOIN split_plan p ON p.organizer_id = r.organizer_id AND p.id = r.plan_id
UNION ALL
SELECT r.organizer_id, r.approved_at, r.approved_by, 'approved', 'release of split plan ' || p.name, NULL::uuid, r.reason, 'passa escrow release', r.sha256,
       'release/' || r.plan_id || '/' || encode(r.sha256, 'hex') || '/approved'
FROM escrow_release r
JOIN split_plan p ON p.organizer_id = r.organizer_id AND p.id = r.plan_id
WHERE r.approved_at IS NOT NULL$part$;
END $do$;

-- The job that has contracts pay moves money: on a network that its declaration names.
ALTER TABLE job_declared DROP CONSTRAINT job_declared_check;
ALTER TABLE job_declared ADD CONSTRAINT job_declared_check CHECK ((job IN ('payout', 'contract-keep', 'escrow-pay')) = (network IS NOT NULL));
