-- Payouts on their way into a batch, a million of them as well as one; and the keys by which a caller knows batch and line again.

-- The caller's own names: a batch of the same key is made once, a line of the same key is paid once. Null: none was given.
ALTER TABLE payout_batch ADD COLUMN key text;
CREATE UNIQUE INDEX payout_batch_key ON payout_batch (organizer_id, key) WHERE key IS NOT NULL AND state <> 'cancelled';
ALTER TABLE payout ADD COLUMN row_key text;
CREATE INDEX payout_row_key ON payout (organizer_id, row_key) WHERE row_key IS NOT NULL;
CREATE UNIQUE INDEX payout_paid_row_key ON payout (organizer_id, row_key)
    WHERE row_key IS NOT NULL AND state NOT IN ('blocked', 'failed', 'returned', 'cancelled');

-- Where COPY puts the payouts of a plan, as a temporary twin of the same name. This one stays empty: it names the columns and lets every
-- statement be prepared. `seq` tells the order among those of one payee, who come by name. `line_key` as in payout.
CREATE TABLE payout_staging (
    id uuid NOT NULL,
    payee text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    party_id uuid,
    event_id uuid,
    source text NOT NULL,
    reference text NOT NULL,
    file_line integer,
    row_key text,
    owed_minor numeric(39, 0) NOT NULL,
    owed_asset_id text NOT NULL,
    netted_minor numeric(39, 0) NOT NULL,
    amount_minor numeric(39, 0) NOT NULL,
    asset_id text NOT NULL,
    exchange_rate_id uuid,
    rail text,
    destination text,
    memo text,
    own_memo boolean NOT NULL,
    state text NOT NULL,
    cause text NOT NULL,
    reason text NOT NULL,
    known_payout uuid, -- an earlier one of the same line
    line_key text GENERATED ALWAYS AS (
        CASE WHEN source = 'expense' THEN
            coalesce(party_id::text, quote_literal(destination) || quote_literal(coalesce(memo, ''))) || ' ' || owed_minor || ' '
            || quote_literal(owed_asset_id) || quote_literal(reference)
        END) STORED
);
GRANT SELECT ON payout_staging TO passa_app;
CREATE FUNCTION passa_make_payout_staging() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF to_regclass('pg_temp.payout_staging') IS NOT NULL THEN
        DROP TABLE pg_temp.payout_staging;
    END IF;
    CREATE TEMPORARY TABLE payout_staging (LIKE public.payout_staging INCLUDING GENERATED) ON COMMIT DROP;
END $$;
CREATE FUNCTION passa_analyze_payout_staging() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ANALYZE pg_temp.payout_staging;
END $$;
