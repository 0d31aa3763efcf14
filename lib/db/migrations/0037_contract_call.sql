-- What is sent to a network and carries no payments: contracts uploaded, created, called, kept alive. Like an attempt of a payout its bytes
-- are committed before any of them leaves, and it ends by proof alone.
CREATE TABLE contract_call (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    network text NOT NULL,
    source text NOT NULL,           -- the account whose sequence it uses, and that pays
    purpose text NOT NULL CHECK (purpose IN ('upload', 'create', 'invoke', 'extend', 'restore')),
    contract text NOT NULL,         -- C...; of an upload the hash of the code
    words text NOT NULL,            -- what people were shown before it was signed
    key text NOT NULL,              -- the transaction hash
    payload bytea NOT NULL,         -- the exact bytes that are sent, and sent again
    sequence numeric(39, 0) NOT NULL,
    fee_minor numeric(39, 0) NOT NULL, -- stroops: the most it may cost
    valid_until timestamptz NOT NULL,
    first_ledger bigint NOT NULL,   -- newest ledger known when it was made: history must reach back to it
    state text NOT NULL CHECK (state IN ('prepared', 'sent', 'unknown', 'confirmed', 'dead')),
    reason text NOT NULL DEFAULT '',
    charged_minor numeric(39, 0),   -- stroops: what it cost in the end
    evidence_id uuid,               -- the proof of its end
    actor text NOT NULL,
    made_at timestamptz NOT NULL,
    sent_at timestamptz,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, network, key),
    CHECK ((state IN ('confirmed', 'dead')) = (evidence_id IS NOT NULL)),
    CHECK ((state IN ('confirmed', 'dead')) = (finished_at IS NOT NULL)),
    FOREIGN KEY (organizer_id, evidence_id) REFERENCES evidence (organizer_id, id)
);
SELECT passa_under_rls('contract_call');
SELECT passa_never_deleted('contract_call');
CREATE INDEX contract_call_open ON contract_call (organizer_id, network, source) WHERE state IN ('prepared', 'sent', 'unknown');
CREATE INDEX contract_call_number ON contract_call (organizer_id, network, source, sequence);
CREATE INDEX contract_call_newest ON contract_call (organizer_id, made_at);

-- What was sent never changes: only how far it came, and what ended does not move again.
CREATE FUNCTION passa_call_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept contract_call := NEW;
BEGIN
    kept.state := OLD.state;
    kept.reason := OLD.reason;
    kept.charged_minor := OLD.charged_minor;
    kept.evidence_id := OLD.evidence_id;
    kept.sent_at := OLD.sent_at;
    kept.finished_at := OLD.finished_at;
    IF kept IS DISTINCT FROM OLD OR OLD.state IN ('confirmed', 'dead') OR NEW.state = 'prepared' THEN
        RAISE EXCEPTION 'call % is fixed: only its state moves on', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER call_fixed BEFORE UPDATE ON contract_call FOR EACH ROW EXECUTE FUNCTION passa_call_fixed();
