-- What contracts tell (their events), kept as evidence, and how far it was heard. Servers forget events after about a week: what was missed
-- then is a gap, and stays named.
CREATE TABLE contract_event (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    network text NOT NULL,
    contract text NOT NULL,         -- C...
    id text NOT NULL,               -- the network's; in its order things happened
    ledger bigint NOT NULL,
    transaction text NOT NULL,      -- its hash
    said text,                      -- JSON, in the terms that the contract's interface had then; NULL: too long for that
    evidence_id uuid NOT NULL,      -- the event itself, in XDR
    PRIMARY KEY (organizer_id, network, contract, id),
    FOREIGN KEY (organizer_id, evidence_id) REFERENCES evidence (organizer_id, id)
);
SELECT passa_under_rls('contract_event');
SELECT passa_append_only('contract_event');

CREATE TABLE contract_heard (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    network text NOT NULL,
    contract text NOT NULL,
    from_ledger bigint NOT NULL,    -- nothing earlier was asked for
    through_ledger bigint NOT NULL, -- all up to here was heard, but for the gaps
    cursor text NOT NULL,           -- where the next question begins
    heard_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, network, contract),
    CHECK (through_ledger >= from_ledger - 1)
);
SELECT passa_under_rls('contract_heard');
SELECT passa_never_deleted('contract_heard');

-- Hearing goes forward: what was heard is not asked for again, so nobody may go back.
CREATE FUNCTION passa_heard_forward() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.organizer_id, NEW.network, NEW.contract, NEW.from_ledger) IS DISTINCT FROM (OLD.organizer_id, OLD.network, OLD.contract, OLD.from_ledger)
       OR NEW.through_ledger < OLD.through_ledger THEN
        RAISE EXCEPTION 'contract % was heard through ledger %: hearing goes forward', OLD.contract, OLD.through_ledger USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER heard_forward BEFORE UPDATE ON contract_heard FOR EACH ROW EXECUTE FUNCTION passa_heard_forward();

CREATE TABLE contract_gap (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    network text NOT NULL,
    contract text NOT NULL,
    from_ledger bigint NOT NULL,
    to_ledger bigint NOT NULL,
    found_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, network, contract, from_ledger),
    CHECK (to_ledger >= from_ledger)
);
SELECT passa_under_rls('contract_gap');
SELECT passa_append_only('contract_gap');
