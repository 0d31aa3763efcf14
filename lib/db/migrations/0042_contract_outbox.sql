-- What a contract is to be told, once each: tickets to be issued, points to be given, roots to be anchored. Whoever has something to tell
-- writes a row in the transaction that made it so; the job contract-send packs rows into calls. A row belongs to a call from the moment that
-- the call is stored, and what becomes of the call becomes of the row: nothing is told twice, whatever is killed.
CREATE TABLE contract_outbox (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    contract text NOT NULL,         -- a Contract
    function text NOT NULL,
    key text NOT NULL,              -- tells one from another, such as the ticket's reference; the same again changes nothing
    shared text NOT NULL,           -- JSON: the arguments that all rows of one call have in common, by name
    list text,                      -- the argument that is a list; null: a call of its own
    item text,                      -- JSON: this row's element of it
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    call_id uuid,                   -- the call that tells it: confirmed, it is done; dead, it waits again
    refused text,                   -- why the contract would not hear of it; given up
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, contract, function, key),
    CHECK ((list IS NULL) = (item IS NULL)),
    FOREIGN KEY (organizer_id, call_id) REFERENCES contract_call (organizer_id, id)
);
SELECT passa_under_rls('contract_outbox');
SELECT passa_never_deleted('contract_outbox');
CREATE INDEX contract_outbox_open ON contract_outbox (organizer_id, contract, id) WHERE refused IS NULL;

CREATE FUNCTION passa_outbox_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept contract_outbox := NEW;
BEGIN
    kept.call_id := OLD.call_id;
    kept.refused := OLD.refused;
    IF kept IS DISTINCT FROM OLD OR OLD.refused IS NOT NULL
       OR (OLD.call_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contract_call c
                                                   WHERE c.organizer_id = OLD.organizer_id AND c.id = OLD.call_id AND c.state = 'dead')) THEN
        RAISE EXCEPTION 'row % of the outbox is told, or on its way', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER outbox_fixed BEFORE UPDATE ON contract_outbox FOR EACH ROW EXECUTE FUNCTION passa_outbox_fixed();

CREATE VIEW contract_told WITH (security_invoker = true) AS
SELECT o.*, c.key AS transaction,
       CASE WHEN o.refused IS NOT NULL THEN 'refused'
            WHEN o.call_id IS NULL OR c.state = 'dead' THEN 'waiting'
            WHEN c.state = 'confirmed' THEN 'done'
            ELSE 'sent' END AS state
FROM contract_outbox o
LEFT JOIN contract_call c ON c.organizer_id = o.organizer_id AND c.id = o.call_id;
GRANT SELECT ON contract_told TO passa_app;

ALTER TABLE job_declared DROP CONSTRAINT job_declared_check;
ALTER TABLE job_declared ADD CONSTRAINT job_declared_check CHECK ((job IN ('payout', 'contract-keep', 'contract-send', 'escrow-pay')) = (network IS NOT NULL));
