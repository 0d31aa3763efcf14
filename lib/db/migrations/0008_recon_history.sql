-- What a run could see, whose fee a line was, what a break holds in suspense, and who did what to it.

ALTER TABLE recon_run
    ADD COLUMN complete boolean NOT NULL DEFAULT true, -- false: the history has a hole, nothing was concluded from absence
    ADD COLUMN gap text NOT NULL DEFAULT '',           -- which hole
    ADD COLUMN proved boolean NOT NULL DEFAULT true,   -- its balances were held to the rail's; false: with a hole, or the history goes on
    ADD COLUMN settled bigint NOT NULL DEFAULT 0,      -- payouts moved to settled
    ADD COLUMN ran_by text NOT NULL DEFAULT '';
CREATE INDEX recon_run_treasury ON recon_run (organizer_id, treasury_id, id);

-- The lines and payouts that a run matches grow with what is open, not with the history; its sums are over all of it.
CREATE INDEX statement_line_position ON statement_line (organizer_id, treasury_id, position);
CREATE INDEX payout_attempt_line_payout ON payout_attempt_line (organizer_id, payout_id);
CREATE INDEX payout_attempt_key ON payout_attempt (organizer_id, key);
CREATE INDEX payout_destination ON payout (organizer_id, destination);
CREATE INDEX payout_unseen ON payout (organizer_id, state) WHERE state IN ('sending', 'accepted', 'unknown', 'confirmed', 'returned');

ALTER TABLE recon_match ADD COLUMN attempt_id uuid;
-- An attempt is charged once.
CREATE UNIQUE INDEX recon_one_fee ON recon_match (organizer_id, attempt_id) WHERE payout_id IS NULL;

ALTER TABLE recon_break
    ADD COLUMN attempt_id uuid,
    ADD COLUMN why text NOT NULL DEFAULT '',
    ADD COLUMN held_minor numeric(39, 0) NOT NULL DEFAULT 0, -- moved on the rail and not in the book: kept in suspense
    ADD COLUMN journal_id uuid,       -- the entry that put it there
    ADD COLUMN close_journal_id uuid, -- what closing it posted, or the reversal of journal_id
    ADD CHECK ((held_minor = 0) = (journal_id IS NULL));
CREATE INDEX recon_break_line ON recon_break (organizer_id, statement_line_id);
CREATE INDEX recon_break_payout ON recon_break (organizer_id, payout_id);
REVOKE DELETE, TRUNCATE ON recon_break FROM passa_app;

-- What a break says never changes; it is closed once and stays closed.
CREATE FUNCTION passa_break_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.closed_at IS NOT NULL OR
       (NEW.id, NEW.run_id, NEW.treasury_id, NEW.type, NEW.subject, NEW.payout_id, NEW.statement_line_id, NEW.attempt_id, NEW.amount_minor,
        NEW.asset_id, NEW.held_minor, NEW.journal_id, NEW.opened_at)
       IS DISTINCT FROM
       (OLD.id, OLD.run_id, OLD.treasury_id, OLD.type, OLD.subject, OLD.payout_id, OLD.statement_line_id, OLD.attempt_id, OLD.amount_minor,
        OLD.asset_id, OLD.held_minor, OLD.journal_id, OLD.opened_at)
    THEN
        RAISE EXCEPTION 'break % is closed or its facts are fixed', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER break_fixed BEFORE UPDATE ON recon_break FOR EACH ROW EXECUTE FUNCTION passa_break_fixed();

CREATE TABLE recon_break_move (
    organizer_id uuid NOT NULL,
    break_id uuid NOT NULL,
    seq integer NOT NULL,
    action text NOT NULL CHECK (action IN ('opened', 'closed')),
    actor text NOT NULL,
    reason text NOT NULL,
    run_id uuid,                    -- null: by hand
    journal_id uuid,
    moved_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, break_id, seq),
    FOREIGN KEY (organizer_id, break_id) REFERENCES recon_break (organizer_id, id)
);
SELECT passa_under_rls('recon_break_move');
SELECT passa_append_only('recon_break_move');

-- Where COPY puts the lines of a statement, as a temporary twin of the same name. This one stays empty: it names the columns
-- and lets every statement be prepared.
CREATE TABLE recon_staging (
    id uuid NOT NULL,
    external_ref text NOT NULL,
    kind text NOT NULL,
    amount_minor numeric(39, 0) NOT NULL,
    asset_id text NOT NULL,
    counterparty text NOT NULL,
    memo text NOT NULL,
    booked_at timestamptz NOT NULL,
    position bigint NOT NULL
);
GRANT SELECT ON recon_staging TO passa_app;
CREATE FUNCTION passa_make_recon_staging() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE recon_staging (LIKE public.recon_staging) ON COMMIT DROP;
END $$;
