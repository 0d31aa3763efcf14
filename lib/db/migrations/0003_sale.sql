-- Sales as evidence: every line says who, what, when, and from which row of which file.

CREATE TABLE sale_import (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    file_sha256 bytea NOT NULL CHECK (octet_length(file_sha256) = 32),
    file_name text NOT NULL,
    profile text NOT NULL,
    profile_sha256 bytea NOT NULL CHECK (octet_length(profile_sha256) = 32),
    state text NOT NULL CHECK (state IN ('running', 'done')),
    rows_read bigint NOT NULL DEFAULT 0,
    lines_sold bigint NOT NULL DEFAULT 0,
    lines_refunded bigint NOT NULL DEFAULT 0,
    lines_unchanged bigint NOT NULL DEFAULT 0,
    rows_ignored bigint NOT NULL DEFAULT 0,   -- pending, free of money, or not a sale by the profile
    rows_rejected bigint NOT NULL DEFAULT 0,
    started_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id)
);
SELECT passa_under_rls('sale_import');

-- One change of money. A sale is positive; a refund, cancellation or chargeback is a negative line of its own that names
-- the sale it undoes and keeps that sale's plan and campaign versions. Nothing is edited.
--
-- id is derived from (event, source, order_ref, line_ref, seq): the primary key is the natural key, so the same row can
-- never be booked twice, whatever file brings it. seq 0 is the sale, 1.. its changes.
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
    file_row bigint NOT NULL,       -- 1 is the first line of the file
    payment_ref text,
    CHECK (net = gross - tax - fee_platform - fee_payment),
    CHECK ((seq = 0) = (id = sale_id)),
    PRIMARY KEY (organizer_id, event_id, id)
);
SELECT passa_under_rls('sale_line');
SELECT passa_append_only('sale_line');

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
