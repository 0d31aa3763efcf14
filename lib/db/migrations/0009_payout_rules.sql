-- What payouts must remember to be made again, netted and judged.

-- The line of the payment file: a second batch of the same file pays only lines that are not paid or on their way.
ALTER TABLE payout ADD COLUMN file_line integer;
-- Its memo, when the line brought one: then its party's is not asked.
ALTER TABLE payout ADD COLUMN own_memo boolean NOT NULL DEFAULT false CHECK (memo IS NOT NULL OR NOT own_memo);
CREATE INDEX payout_batch_file ON payout_batch (organizer_id, file_sha256) WHERE file_sha256 IS NOT NULL;

-- What the party owed us for other events, cleared with this payout: of the event's payable, owed_minor + netted_minor is taken.
ALTER TABLE payout ADD COLUMN netted_minor numeric(39, 0) NOT NULL DEFAULT 0 CHECK (netted_minor >= 0);
CREATE OR REPLACE FUNCTION passa_payout_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.reserve_journal_id IS NOT NULL AND
       (NEW.party_id, NEW.owed_minor, NEW.netted_minor, NEW.owed_asset_id, NEW.amount_minor, NEW.asset_id, NEW.destination, NEW.memo, NEW.reserve_journal_id)
       IS DISTINCT FROM
       (OLD.party_id, OLD.owed_minor, OLD.netted_minor, OLD.owed_asset_id, OLD.amount_minor, OLD.asset_id, OLD.destination, OLD.memo, OLD.reserve_journal_id)
    THEN
        RAISE EXCEPTION 'payout % is reserved: its amount and destination are fixed', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;

-- The treasury says by which policy its payouts are judged: whoever makes a batch has no choice. Null: the only one in force.
ALTER TABLE treasury ADD COLUMN policy_name text;

-- Names are what people say of themselves; beside them stands what the system and the database knew them by.
ALTER TABLE payout_batch ADD COLUMN made_os_user text NOT NULL DEFAULT '', ADD COLUMN made_db_user text NOT NULL DEFAULT session_user;
ALTER TABLE payout_approval ADD COLUMN os_user text NOT NULL DEFAULT '', ADD COLUMN db_user text NOT NULL DEFAULT session_user;

-- Payouts of what the chain contradicts: the payout itself, and every other one, of whatever batch, that pays the same party for
-- the same event or the same line of the same file. Nothing more is paid for them until somebody has closed the break.
CREATE INDEX payout_party_event ON payout (organizer_id, party_id, event_id) WHERE event_id IS NOT NULL;
CREATE VIEW payout_waits WITH (security_invoker = true) AS
WITH contested AS (
    SELECT p.organizer_id, p.id, p.party_id, p.event_id, b.file_sha256, p.file_line
    FROM recon_break k
    JOIN payout p ON p.organizer_id = k.organizer_id AND p.id = k.payout_id
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
    WHERE k.closed_at IS NULL AND k.type IN ('STATUS_CONFLICT', 'DUPLICATE_EXTERNAL')
)
SELECT organizer_id, id AS payout_id FROM contested
UNION
SELECT p.organizer_id, p.id
FROM contested c
JOIN payout p ON p.organizer_id = c.organizer_id AND p.party_id = c.party_id AND p.event_id = c.event_id
UNION
SELECT p.organizer_id, p.id
FROM contested c
JOIN payout_batch b ON b.organizer_id = c.organizer_id AND b.file_sha256 = c.file_sha256
JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id AND p.file_line = c.file_line;
GRANT SELECT ON payout_waits TO passa_app;
