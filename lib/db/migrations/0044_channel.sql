-- Accounts that lend a treasury their sequence numbers, so that many of its transactions are under way at once. They hold no money: the
-- treasury sponsors what each must keep and pays the fees, and their keys are derived from the treasury's own by their number. A number is
-- used once: a channel that was closed never comes back.
CREATE TABLE payout_channel (
    organizer_id uuid NOT NULL,
    id uuid NOT NULL,
    treasury_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    address text NOT NULL,
    state text NOT NULL CHECK (state IN ('made', 'open', 'closing', 'closed')), -- made and closing: stored before the network is asked
    made_by text NOT NULL,
    made_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, treasury_id, number),
    UNIQUE (organizer_id, treasury_id, address),
    FOREIGN KEY (organizer_id, treasury_id) REFERENCES treasury (organizer_id, id)
);
SELECT passa_under_rls('payout_channel');
SELECT passa_never_deleted('payout_channel');

CREATE FUNCTION passa_channel_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    kept payout_channel := NEW;
BEGIN
    kept.state := OLD.state;
    kept.changed_at := OLD.changed_at;
    IF kept IS DISTINCT FROM OLD OR array_position('{made,open,closing,closed}', NEW.state) <= array_position('{made,open,closing,closed}', OLD.state) THEN
        RAISE EXCEPTION 'channel % is fixed: it opens and closes once', OLD.id USING ERRCODE = 'PA002';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER channel_fixed BEFORE UPDATE ON payout_channel FOR EACH ROW EXECUTE FUNCTION passa_channel_fixed();

-- What a lane takes next: those with one memo stand together.
CREATE INDEX payout_to_send ON payout (organizer_id, batch_id, memo NULLS FIRST, pos) WHERE state = 'reserved';
