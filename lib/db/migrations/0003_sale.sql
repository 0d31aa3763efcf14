-- Sales as evidence: every line says who, what, when, and from which row of which file.

-- One run over the files of one export. file_sha256 is over the hashes of its files in the order of their hashes, so that
-- the same files in another order are the same import. A run that was killed stays 'running' and is taken up again.
CREATE TABLE sale_import (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    file_sha256 bytea NOT NULL CHECK (octet_length(file_sha256) = 32),
    file_name text NOT NULL,
    profile text NOT NULL,
    profile_sha256 bytea NOT NULL CHECK (octet_length(profile_sha256) = 32),
    state text NOT NULL CHECK (state IN ('running', 'done')),
    attempts integer NOT NULL DEFAULT 1,      -- how often it was started
    rows_read bigint NOT NULL DEFAULT 0,
    lines_sold bigint NOT NULL DEFAULT 0,
    lines_refunded bigint NOT NULL DEFAULT 0, -- refunds, cancellations, chargebacks and corrections
    lines_unchanged bigint NOT NULL DEFAULT 0,
    rows_ignored bigint NOT NULL DEFAULT 0,   -- pending, cancelled before any sale, or not a sale by the profile
    rows_rejected bigint NOT NULL DEFAULT 0,
    imported_by text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id)
);
SELECT passa_under_rls('sale_import');

-- The evidence: sale_line.file_no counts the files of its import from 1.
CREATE TABLE sale_import_file (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    import_id uuid NOT NULL,
    file_no smallint NOT NULL,
    name text NOT NULL,
    shape text NOT NULL,            -- which file of the profile it was recognised as
    bytes bigint NOT NULL,
    sha256 bytea NOT NULL CHECK (octet_length(sha256) = 32),
    PRIMARY KEY (organizer_id, event_id, import_id, file_no)
);
SELECT passa_under_rls('sale_import_file');
SELECT passa_append_only('sale_import_file');

-- Imports of one event take turns. The token is checked inside every transaction that writes; the lease ends with the
-- database session that took it, so a killed import frees it without waiting for a clock.
CREATE TABLE sale_import_lease (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    token uuid NOT NULL,
    session_pid integer NOT NULL,
    session_start timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, event_id)
);
SELECT passa_under_rls('sale_import_lease');

-- Definer: another role's sessions show no start time. A session that cannot be told apart counts as alive.
CREATE FUNCTION passa_session_start(session_pid integer) RETURNS timestamptz LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
    SELECT coalesce(backend_start, '-infinity') FROM pg_catalog.pg_stat_activity WHERE pid = session_pid
$$;
REVOKE EXECUTE ON FUNCTION passa_session_start(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION passa_session_start(integer) TO passa_app;

-- One change of money. A sale is positive; a refund, cancellation or chargeback is a negative line of its own that names
-- the sale it undoes and keeps that sale's plan and campaign versions. Nothing is edited.
--
-- id is derived from (event, source, order_ref, line_ref, seq): the primary key is the natural key, so the same row can
-- never be booked twice, whatever file brings it. seq 0 is the sale, 1.. its changes. The first half of an id comes from
-- the order alone: the lines of an order, and their changes, are neighbours in the primary key (lib/sale/line_id.hpp).
-- gross = price paid after discount, tax included. net = gross - tax - fee_platform - fee_payment.
CREATE TABLE sale_line (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    sale_id uuid NOT NULL,          -- id of the seq 0 line; equal to id there
    seq integer NOT NULL CHECK (seq >= 0),
    kind text NOT NULL CHECK (kind IN ('sale', 'refund', 'cancellation', 'chargeback', 'fee', 'correction')),
    source text NOT NULL,           -- the gateway or system, from the profile
    order_ref text NOT NULL,
    line_ref text NOT NULL,
    tier_id uuid,                   -- null only for order-level fee lines
    plan_version_id uuid NOT NULL,
    campaign_version_id uuid,
    creator_id uuid,
    code text,                      -- as found in the file
    quantity integer NOT NULL,      -- negative where it gives capacity back
    asset_id text NOT NULL,
    gross numeric(39, 0) NOT NULL,
    discount numeric(39, 0) NOT NULL,
    tax numeric(39, 0) NOT NULL,
    fee_platform numeric(39, 0) NOT NULL,
    fee_payment numeric(39, 0) NOT NULL,
    net numeric(39, 0) NOT NULL,
    occurred_at timestamptz NOT NULL, -- sold, or undone
    imported_at timestamptz NOT NULL,
    import_id uuid NOT NULL,
    file_no smallint NOT NULL DEFAULT 1,
    file_row bigint NOT NULL,       -- 1 is the first line of the file
    payment_ref text,
    share_platform numeric(39, 0),  -- what of the order's fees was spread onto this line; null: the order came without any
    share_payment numeric(39, 0),
    share_tax numeric(39, 0),
    CHECK (net = gross - tax - fee_platform - fee_payment),
    CHECK ((seq = 0) = (id = sale_id)),
    CHECK ((seq = 0) = (kind IN ('sale', 'fee'))),
    CHECK ((campaign_version_id IS NULL) = (creator_id IS NULL)),
    PRIMARY KEY (organizer_id, event_id, id)
);
SELECT passa_under_rls('sale_line');
SELECT passa_append_only('sale_line');
CREATE INDEX sale_line_order ON sale_line (organizer_id, order_ref) WHERE seq = 0; -- what people have in hand when they ask
CREATE UNIQUE INDEX sale_line_changes ON sale_line (organizer_id, event_id, sale_id, seq) WHERE seq > 0;

-- The key of the advisory lock on the sales of an event. A transaction that books sale lines takes it shared, before the
-- first one; a settlement takes it alone, so that what it sums and what it marks as settled are the same lines. A dry run of an import
-- rolls its lines back, and takes none.
CREATE FUNCTION passa_sales_key(organizer uuid, event uuid) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT hashtextextended('passa.sales.' || organizer::text || event::text, 0)
$$;

-- Refund rows of their own (a row that takes money back, beside the row of its sale) are facts that add up; what the row of a
-- sale says of itself is a state to date. ref tells one from another: the file's own reference, or what the row says (kind,
-- time, payment, gross) and how often its file says it. The lines of the book are made from their sum, by difference.
CREATE TABLE sale_refund_row (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    sale_id uuid NOT NULL,
    ref text NOT NULL,
    kind text NOT NULL,
    gross numeric(39, 0) NOT NULL,  -- positive
    discount numeric(39, 0) NOT NULL,
    tax numeric(39, 0) NOT NULL,
    fee_platform numeric(39, 0) NOT NULL,
    fee_payment numeric(39, 0) NOT NULL,
    occurred_at timestamptz,
    import_id uuid NOT NULL,
    file_no smallint NOT NULL,
    file_row bigint NOT NULL,
    PRIMARY KEY (organizer_id, event_id, sale_id, ref)
);
SELECT passa_under_rls('sale_refund_row');
SELECT passa_append_only('sale_refund_row');

-- How many tickets of a tier are sold: a cached figure, proved by ledger check.
CREATE TABLE tier_sold (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    tier_id uuid NOT NULL,
    sold bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (organizer_id, event_id, tier_id)
);
SELECT passa_under_rls('tier_sold');

CREATE TABLE oversell_audit (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    tier_id uuid NOT NULL,
    import_id uuid NOT NULL,
    capacity bigint NOT NULL,
    sold bigint NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, event_id, tier_id, import_id)
);
SELECT passa_under_rls('oversell_audit');
SELECT passa_append_only('oversell_audit');

-- The id of change number seq of a sale: its order's half, then a hash of the sale and the number.
CREATE FUNCTION passa_change_id(sale_id uuid, seq integer) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(substring(uuid_send(sale_id) FOR 8) || substring(sha256(uuid_send(sale_id) || int4send(seq)) FOR 8), 'hex')::uuid
$$;

-- Between these are all lines of the order that a line belongs to, changes included: the first half of an id is its order's.
CREATE FUNCTION passa_first_of_order(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (left(id::text, 18) || '-0000-000000000000')::uuid
$$;
CREATE FUNCTION passa_last_of_order(id uuid) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT (left(id::text, 18) || '-ffff-ffffffffffff')::uuid
$$;

-- Tickets given out to a queue of orders: an order is served whole or not at all.
CREATE FUNCTION passa_seat(given numeric, tickets numeric, seats numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN given + tickets <= seats THEN given + tickets ELSE given END
$$;
CREATE AGGREGATE passa_seated(tickets numeric, seats numeric) (SFUNC = passa_seat, STYPE = numeric, INITCOND = '0');

-- The id of a line, as lib/sale/line_id.cpp makes it: each part is hashed behind its length.
CREATE FUNCTION passa_line_id(event_id uuid, source text, order_ref text, line_ref text) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT encode(substring(sha256(uuid_send(event_id) || int4send(octet_length(source)) || convert_to(source, 'UTF8')
                                   || int4send(octet_length(order_ref)) || convert_to(order_ref, 'UTF8')) FOR 8)
                  || substring(sha256(uuid_send(event_id) || int4send(octet_length(source)) || convert_to(source, 'UTF8')
                                      || int4send(octet_length(order_ref)) || convert_to(order_ref, 'UTF8')
                                      || int4send(octet_length(line_ref)) || convert_to(line_ref, 'UTF8')) FOR 8), 'hex')::uuid
$$;

-- What the book says of each sale whose lines lie between two ids: what was sold (with corrections), and what of it was
-- undone, as positive figures.
CREATE FUNCTION passa_sale_state(organizer uuid, event uuid, first_id uuid, last_id uuid)
RETURNS TABLE (id uuid, seq integer, tier_id uuid, quantity bigint, gross numeric, discount numeric, tax numeric,
    fee_platform numeric, fee_payment numeric, undone_quantity bigint, undone_gross numeric, undone_discount numeric,
    undone_tax numeric, undone_fee_platform numeric, undone_fee_payment numeric)
LANGUAGE sql STABLE AS $$
    SELECT l.sale_id, max(l.seq), (array_agg(l.tier_id ORDER BY l.seq))[1],
           coalesce(sum(l.quantity) FILTER (WHERE NOT u), 0), coalesce(sum(l.gross) FILTER (WHERE NOT u), 0),
           coalesce(sum(l.discount) FILTER (WHERE NOT u), 0), coalesce(sum(l.tax) FILTER (WHERE NOT u), 0),
           coalesce(sum(l.fee_platform) FILTER (WHERE NOT u), 0), coalesce(sum(l.fee_payment) FILTER (WHERE NOT u), 0),
           -coalesce(sum(l.quantity) FILTER (WHERE u), 0), -coalesce(sum(l.gross) FILTER (WHERE u), 0),
           -coalesce(sum(l.discount) FILTER (WHERE u), 0), -coalesce(sum(l.tax) FILTER (WHERE u), 0),
           -coalesce(sum(l.fee_platform) FILTER (WHERE u), 0), -coalesce(sum(l.fee_payment) FILTER (WHERE u), 0)
    FROM sale_line l
    CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS u) undoing
    WHERE l.organizer_id = organizer AND l.event_id = event AND l.id BETWEEN first_id AND last_id
    GROUP BY l.sale_id
$$;

-- Which plan version a sale of a tier follows at which time; tier_id null is the event's default (order-level fees). A plan that
-- names the tier goes before the default one; of two that name it, the one that began later.
CREATE VIEW plan_in_force WITH (security_invoker = true) AS
WITH claim AS (
    SELECT p.organizer_id, p.event_id, p.plan_version_id, p.from_at, p.until_at, s.tier_id
    FROM plan_period p
    JOIN tier_plan s ON s.organizer_id = p.organizer_id AND s.event_id = p.event_id AND s.plan_version_id = p.plan_version_id
), asked AS (
    SELECT organizer_id, event_id, id AS tier_id FROM tier
    UNION ALL SELECT organizer_id, id, NULL FROM event
), step AS (
    SELECT DISTINCT a.organizer_id, a.event_id, a.tier_id, b.at
    FROM asked a
    JOIN claim c ON c.organizer_id = a.organizer_id AND c.event_id = a.event_id AND (c.tier_id = a.tier_id OR c.tier_id IS NULL)
    CROSS JOIN LATERAL (VALUES (c.from_at), (c.until_at)) b (at)
), stretch AS (
    SELECT organizer_id, event_id, tier_id, at AS from_at,
           lead(at) OVER (PARTITION BY organizer_id, event_id, tier_id ORDER BY at) AS until_at
    FROM step
)
SELECT s.organizer_id, s.event_id, s.tier_id, s.from_at, s.until_at, p.plan_version_id
FROM stretch s
CROSS JOIN LATERAL (
    SELECT c.plan_version_id FROM claim c
    WHERE c.organizer_id = s.organizer_id AND c.event_id = s.event_id AND (c.tier_id = s.tier_id OR c.tier_id IS NULL)
      AND c.from_at <= s.from_at AND s.from_at < c.until_at
    ORDER BY c.tier_id NULLS LAST, c.from_at DESC, c.plan_version_id DESC LIMIT 1) p;
GRANT SELECT ON plan_in_force TO passa_app;

-- Which creator a code credits under which terms at which time.
CREATE VIEW code_in_force WITH (security_invoker = true) AS
SELECT c.organizer_id, c.event_id, c.code, c.creator_id, greatest(c.valid_from, p.from_at) AS from_at,
       least(c.valid_until, p.until_at) AS until_at, p.campaign_version_id
FROM promo_code c
JOIN campaign_period p ON p.organizer_id = c.organizer_id AND p.event_id = c.event_id AND p.campaign_id = c.campaign_id
WHERE greatest(c.valid_from, p.from_at) < least(c.valid_until, p.until_at);
GRANT SELECT ON code_in_force TO passa_app;

-- What an import has read and what it refuses. An import works on temporary twins of these three tables (same names, first
-- in the search path; staging partitioned by block). These here stay empty: they name the columns and let every statement
-- be prepared; nobody may write to them.
--
-- role: s a sale, u what the row of a sale says to be undone of it to date, r a refund row of its own (code is its reference),
-- f an order-level fee (undo says which: platform, payment), o facts of an order, x a bad row, d a row that repeats another,
-- p a line that is not paid (undo is 'pending') or that the profile ignores. An undoing is `whole` (all of what was sold) or
-- explicit in its positive amounts.
CREATE TABLE sale_staging (
    block integer NOT NULL,         -- a range of ids: an order and all its stored lines lie in one block
    role "char" NOT NULL,
    file_no smallint NOT NULL,
    file_row bigint NOT NULL,
    id uuid,                        -- of the seq 0 line
    source text,
    order_ref text,
    line_ref text,
    tier_id uuid,
    quantity integer,
    gross numeric,
    discount numeric,
    tax numeric,
    fee_platform numeric,
    fee_payment numeric,
    at timestamptz,                 -- sold, or undone
    code text,
    payment_ref text,
    undo text,
    whole boolean,
    share_platform numeric,
    share_payment numeric,
    share_tax numeric,
    bad_column text,
    bad_code text,
    bad_reason text
);
-- The lines that the book has between two ids, and whether they are gone once block `staged` is booked: all of a line is undone
-- and the block does not tell it as sold again, or the block says that it ends. is_moved: because it became another line.
CREATE FUNCTION passa_known_lines(organizer uuid, event uuid, staged integer, first_id uuid, last_id uuid)
RETURNS TABLE (id uuid, tier_id uuid, is_moved boolean, is_gone boolean) LANGUAGE sql STABLE AS $$
    SELECT b.id, b.tier_id,
           EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = staged AND u.role = 'u' AND u.undo = 'moved' AND u.id = b.id),
           EXISTS (SELECT 1 FROM sale_staging u WHERE u.block = staged AND u.role = 'u' AND u.whole AND u.id = b.id)
           OR ((b.gross, b.quantity, b.fee_platform, b.fee_payment) = (b.undone_gross, b.undone_quantity, b.undone_fee_platform, b.undone_fee_payment)
               AND NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = staged AND s.role = 's' AND s.id = b.id))
    FROM passa_sale_state(organizer, event, first_id, last_id) b
$$;
-- One row for each reason to refuse an order.
CREATE TABLE sale_refused (
    block integer,
    source text,
    order_ref text,                 -- null: the row stands alone, its order could not be read
    file_no smallint NOT NULL,
    file_row bigint NOT NULL,
    bad_column text,
    bad_code text NOT NULL,
    bad_reason text NOT NULL
);
-- Every input row of every refused order, with its own reason or that of its neighbour.
CREATE TABLE sale_refused_row (
    file_no smallint NOT NULL,
    file_row bigint NOT NULL,
    bad_column text,
    bad_code text NOT NULL,
    bad_reason text NOT NULL,
    PRIMARY KEY (file_no, file_row)
);
GRANT SELECT ON sale_staging, sale_refused, sale_refused_row TO passa_app; -- the twins are copied from them

-- The twins, for one import. As many partitions as blocks, so that a block is read without looking at the others.
CREATE FUNCTION passa_make_staging(blocks integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('temp_buffers') <> '64MB' THEN
        PERFORM set_config('temp_buffers', '64MB', false);
    END IF;
    IF to_regclass('pg_temp.sale_staging') IS NOT NULL THEN
        DROP TABLE pg_temp.sale_staging, pg_temp.sale_refused, pg_temp.sale_refused_row;
    END IF;
    CREATE TEMPORARY TABLE sale_staging (LIKE public.sale_staging) PARTITION BY LIST (block);
    FOR b IN 0 .. blocks - 1 LOOP
        EXECUTE format('CREATE TEMPORARY TABLE sale_staging_%s PARTITION OF pg_temp.sale_staging FOR VALUES IN (%s)', b, b);
    END LOOP;
    CREATE TEMPORARY TABLE sale_refused (LIKE public.sale_refused);
    CREATE TEMPORARY TABLE sale_refused_row (LIKE public.sale_refused_row INCLUDING INDEXES);
END $$;

-- Figures for the planner about lines that came in by the thousand, or were settled so: until autovacuum has looked, a
-- report would take joins of them for small ones and run for minutes. Definer: only a table's owner may gather them.
CREATE FUNCTION passa_analyze_lines(table_name regclass) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('ANALYZE %s', table_name);
END $$;
REVOKE EXECUTE ON FUNCTION passa_analyze_lines(regclass) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION passa_analyze_lines(regclass) TO passa_app;

-- Figures for the planner about what was staged: without them it takes joins of orders and fees for small ones.
CREATE FUNCTION passa_analyze_staging() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    ANALYZE pg_temp.sale_staging;
END $$;
