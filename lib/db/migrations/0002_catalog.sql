-- What manifests declare. `object` is the one registry of declared things (three-way merge, drift, history); the typed
-- tables hold what money code joins on and are written in the same transaction. Money rules are versions with an
-- effective time: they are added, never edited.

CREATE TABLE object (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    kind text NOT NULL,
    name text NOT NULL,
    id uuid NOT NULL,
    generation bigint NOT NULL CHECK (generation > 0),
    spec jsonb NOT NULL,            -- live canonical spec
    applied jsonb NOT NULL,         -- what the file last said: the base of the three-way merge
    applied_sha256 bytea NOT NULL CHECK (octet_length(applied_sha256) = 32),
    applied_from text NOT NULL,     -- file:line of the manifest, for people
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    archived_at timestamptz,
    PRIMARY KEY (organizer_id, kind, name),
    UNIQUE (organizer_id, id)
);
SELECT passa_under_rls('object');

-- The key of the advisory lock on what an organizer declared. Applying and deleting take it alone, for their transaction
-- (lib/catalog/sql/lock_catalog.sql). Whoever books something under rules of the catalog takes it shared, first thing in each
-- transaction that does so: SELECT pg_advisory_xact_lock_shared(passa_catalog_key(ORGANIZER)). So a rule never changes
-- between looking it up and booking under it, and an apply sees every sale that was booked before it.
CREATE FUNCTION passa_catalog_key(organizer uuid) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT hashtextextended('passa.catalog.' || organizer::text, 0)
$$;

CREATE TABLE object_version (
    organizer_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    generation bigint NOT NULL,
    spec jsonb NOT NULL,
    changed_by text NOT NULL,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, kind, name, generation)
);
SELECT passa_under_rls('object_version');
SELECT passa_append_only('object_version');

CREATE TABLE asset (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id text NOT NULL,               -- KES, XLM or CODE:ISSUER
    scale smallint NOT NULL CHECK (scale BETWEEN 0 AND 18),
    PRIMARY KEY (organizer_id, id)
);
SELECT passa_under_rls('asset');
REVOKE UPDATE ON asset FROM passa_app; -- the scale says what every stored amount means

-- Everybody who can be owed money: parties and creators alike.
CREATE TABLE party (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    role text NOT NULL CHECK (role IN ('party', 'creator')),
    title text NOT NULL,            -- as shown to people
    rail text CHECK (rail IN ('stellar', 'mpesa', 'bankfile', 'anchor')),
    destination text,               -- on that rail: a G or M address, a phone number, an account number
    memo text,                      -- on Stellar: the memo the destination asks for (text, id:N, hash:HEX)
    payout_asset_id text,           -- null: paid in the currency owed
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name)
);
SELECT passa_under_rls('party');

CREATE TABLE event (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    title text NOT NULL,
    venue_name text,
    zone text NOT NULL,             -- IANA name; business days are days of this zone
    currency_id text NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at >= starts_at),
    oversell text NOT NULL DEFAULT 'reject' CHECK (oversell IN ('reject', 'record')),
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name),
    FOREIGN KEY (organizer_id, currency_id) REFERENCES asset (organizer_id, id)
);
SELECT passa_under_rls('event');

CREATE TABLE tier (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,             -- the code used in manifests
    title text NOT NULL,
    match_names text[] NOT NULL,    -- lower case names under which exports know it: name, title, aliases
    price_minor numeric(39, 0) NOT NULL CHECK (price_minor >= 0),
    asset_id text NOT NULL,
    capacity bigint CHECK (capacity >= 0), -- null: unlimited
    sale_from timestamptz,
    sale_until timestamptz,
    PRIMARY KEY (organizer_id, event_id, id),
    UNIQUE (organizer_id, event_id, name),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id),
    FOREIGN KEY (organizer_id, asset_id) REFERENCES asset (organizer_id, id)
);
SELECT passa_under_rls('tier');

CREATE TABLE split_plan (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (organizer_id, event_id, id),
    UNIQUE (organizer_id, name),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id)
);
SELECT passa_under_rls('split_plan');

-- basis net: shares of gross - tax - fees. basis gross: shares of gross - tax, and fees are charged to fees_from.
-- commission_from null: off the top, before shares; else from that party's share.
CREATE TABLE split_plan_version (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    plan_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    effective_from timestamptz NOT NULL, -- when it is in force: see plan_period
    basis text NOT NULL CHECK (basis IN ('gross', 'net')),
    fees_from uuid,
    commission_from uuid,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, event_id, id),
    UNIQUE (organizer_id, plan_id, version),
    CHECK (basis = 'net' OR fees_from IS NOT NULL),
    FOREIGN KEY (organizer_id, event_id, plan_id) REFERENCES split_plan (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, fees_from) REFERENCES party (organizer_id, id),
    FOREIGN KEY (organizer_id, commission_from) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('split_plan_version');
SELECT passa_append_only('split_plan_version');

CREATE TABLE split_share (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    plan_version_id uuid NOT NULL,
    pos smallint NOT NULL,          -- the stable order of allocate()
    party_id uuid NOT NULL,
    ppm integer NOT NULL CHECK (ppm BETWEEN 0 AND 1000000),
    PRIMARY KEY (organizer_id, event_id, plan_version_id, pos),
    UNIQUE (organizer_id, event_id, plan_version_id, party_id),
    FOREIGN KEY (organizer_id, event_id, plan_version_id) REFERENCES split_plan_version (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, party_id) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('split_share');
SELECT passa_append_only('split_share');

-- The shares of a version add up to the whole, whoever wrote them; asked when its transaction commits.
CREATE FUNCTION passa_shares_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    total bigint;
BEGIN
    SELECT sum(ppm) INTO total FROM split_share
    WHERE organizer_id = NEW.organizer_id AND event_id = NEW.event_id AND plan_version_id = NEW.plan_version_id;
    IF total <> 1000000 THEN
        RAISE EXCEPTION 'the shares of plan version % add up to % ppm', NEW.plan_version_id, total USING ERRCODE = 'PA001';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER shares_whole AFTER INSERT ON split_share DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION passa_shares_whole();

-- Which tiers a plan version serves; a row with tier_id null: every tier that no other plan names, and order-level fees. Rows go
-- only when a plan that never sold is archived. tier_id has no key: a version that was withdrawn may name a tier that is gone.
CREATE TABLE tier_plan (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    plan_version_id uuid NOT NULL,
    tier_id uuid,
    UNIQUE NULLS NOT DISTINCT (organizer_id, event_id, plan_version_id, tier_id),
    FOREIGN KEY (organizer_id, event_id, plan_version_id) REFERENCES split_plan_version (organizer_id, event_id, id)
);
SELECT passa_under_rls('tier_plan');

-- When each version of a plan is in force: from its beginning until a later version begins. A version that was still to come when
-- a later one was made is withdrawn: that is how a change is postponed or cancelled.
CREATE VIEW plan_period WITH (security_invoker = true) AS
WITH standing AS (
    SELECT v.organizer_id, v.event_id, v.plan_id, v.id, v.version, v.effective_from
    FROM split_plan_version v
    WHERE NOT EXISTS (SELECT 1 FROM split_plan_version n
                      WHERE n.organizer_id = v.organizer_id AND n.plan_id = v.plan_id AND n.version > v.version
                        AND v.effective_from > n.created_at)
)
SELECT v.organizer_id, v.event_id, v.plan_id, v.id AS plan_version_id, v.effective_from AS from_at,
       coalesce(min(n.effective_from), 'infinity') AS until_at
FROM standing v
LEFT JOIN standing n ON n.organizer_id = v.organizer_id AND n.plan_id = v.plan_id AND n.version > v.version
GROUP BY v.organizer_id, v.event_id, v.plan_id, v.id, v.effective_from
HAVING v.effective_from < coalesce(min(n.effective_from), 'infinity');
GRANT SELECT ON plan_period TO passa_app;

CREATE TABLE campaign (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    PRIMARY KEY (organizer_id, event_id, id),
    UNIQUE (organizer_id, name),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id)
);
SELECT passa_under_rls('campaign');

CREATE TABLE campaign_version (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    effective_from timestamptz NOT NULL,
    rate_ppm integer NOT NULL CHECK (rate_ppm BETWEEN 0 AND 1000000),
    cap_minor numeric(39, 0) CHECK (cap_minor >= 0), -- per creator, over the campaign; null: none
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, event_id, id),
    UNIQUE (organizer_id, campaign_id, version),
    FOREIGN KEY (organizer_id, event_id, campaign_id) REFERENCES campaign (organizer_id, event_id, id)
);
SELECT passa_under_rls('campaign_version');
SELECT passa_append_only('campaign_version');

-- When each version of a campaign's terms is in force, by the same rule as plan_period.
CREATE VIEW campaign_period WITH (security_invoker = true) AS
WITH standing AS (
    SELECT v.organizer_id, v.event_id, v.campaign_id, v.id, v.version, v.effective_from
    FROM campaign_version v
    WHERE NOT EXISTS (SELECT 1 FROM campaign_version n
                      WHERE n.organizer_id = v.organizer_id AND n.campaign_id = v.campaign_id AND n.version > v.version
                        AND v.effective_from > n.created_at)
)
SELECT v.organizer_id, v.event_id, v.campaign_id, v.id AS campaign_version_id, v.effective_from AS from_at,
       coalesce(min(n.effective_from), 'infinity') AS until_at
FROM standing v
LEFT JOIN standing n ON n.organizer_id = v.organizer_id AND n.campaign_id = v.campaign_id AND n.version > v.version
GROUP BY v.organizer_id, v.event_id, v.campaign_id, v.id, v.effective_from
HAVING v.effective_from < coalesce(min(n.effective_from), 'infinity');
GRANT SELECT ON campaign_period TO passa_app;

-- A code credits one creator of the event for good, in windows that do not overlap: each under one campaign. Codes are kept
-- upper case. Once a ticket was sold with a code, only what is still to come of its windows changes.
CREATE TABLE promo_code (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    code text NOT NULL CHECK (code = upper(code COLLATE "C")), -- as normal_code writes it
    campaign_id uuid NOT NULL,
    creator_id uuid NOT NULL,
    valid_from timestamptz NOT NULL DEFAULT '-infinity',
    valid_until timestamptz NOT NULL DEFAULT 'infinity',
    CHECK (valid_from <= valid_until),
    PRIMARY KEY (organizer_id, event_id, code, valid_from),
    FOREIGN KEY (organizer_id, event_id, campaign_id) REFERENCES campaign (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, creator_id) REFERENCES party (organizer_id, id)
);
SELECT passa_under_rls('promo_code');

CREATE TABLE network (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    name text NOT NULL,
    passphrase text NOT NULL,
    endpoints text[] NOT NULL,      -- RPC URLs, first choice first
    friendbot text,
    PRIMARY KEY (organizer_id, name)
);
SELECT passa_under_rls('network');

-- An account that holds money for payouts.
CREATE TABLE treasury (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    rail text NOT NULL CHECK (rail IN ('stellar', 'mpesa', 'bankfile', 'anchor')),
    network_name text,
    account text NOT NULL,          -- on Stellar the G address
    key_name text,                  -- in the keystore; never a key
    asset_id text NOT NULL,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name),
    UNIQUE NULLS NOT DISTINCT (organizer_id, rail, network_name, account), -- two would each book its fees and race for its sequence
    FOREIGN KEY (organizer_id, asset_id) REFERENCES asset (organizer_id, id)
);
SELECT passa_under_rls('treasury');

-- One unit of from_asset buys mantissa / 10^decimals units of to_asset. A name keeps its pair, and a pair has one name that is not
-- archived. In force at T: the latest beginning, of two the higher version; versions still to come are withdrawn as plan_period says.
CREATE TABLE exchange_rate (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    from_asset_id text NOT NULL,
    to_asset_id text NOT NULL,
    mantissa bigint NOT NULL CHECK (mantissa > 0),
    decimals smallint NOT NULL CHECK (decimals BETWEEN 0 AND 12),
    effective_from timestamptz NOT NULL,
    source text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name, version),
    CHECK (from_asset_id <> to_asset_id),
    FOREIGN KEY (organizer_id, from_asset_id) REFERENCES asset (organizer_id, id),
    FOREIGN KEY (organizer_id, to_asset_id) REFERENCES asset (organizer_id, id)
);
SELECT passa_under_rls('exchange_rate');
SELECT passa_append_only('exchange_rate');

-- The exchange rate versions in force at a time, one per pair of assets, from what was declared by then. A version that was still
-- to come when a later one was made is withdrawn; a name that was archived by then has none. A pair has one name at a time and a
-- version begins no earlier than it is made, so of those that have begun the one made last is in force.
CREATE FUNCTION passa_rates_in_force(organizer uuid, at timestamptz) RETURNS SETOF exchange_rate LANGUAGE sql STABLE AS $$
    SELECT DISTINCT ON (r.from_asset_id, r.to_asset_id) r.*
    FROM exchange_rate r
    WHERE r.organizer_id = organizer AND r.created_at <= at AND r.effective_from <= at
      AND NOT EXISTS (SELECT 1 FROM object o
                      WHERE o.organizer_id = r.organizer_id AND o.kind = 'ExchangeRate' AND o.name = r.name AND o.archived_at <= at)
      AND NOT EXISTS (SELECT 1 FROM exchange_rate n
                      WHERE n.organizer_id = r.organizer_id AND n.name = r.name AND n.version > r.version AND r.effective_from > n.created_at)
    ORDER BY r.from_asset_id, r.to_asset_id, r.created_at DESC, r.version DESC
$$;

-- Limits are per payout asset; null means none. single_person lets the maker approve: an explicit choice.
CREATE TABLE payout_policy (
    organizer_id uuid NOT NULL REFERENCES organizer (id),
    id uuid NOT NULL,
    name text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    effective_from timestamptz NOT NULL,
    single_person boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, id),
    UNIQUE (organizer_id, name, version)
);
SELECT passa_under_rls('payout_policy');
SELECT passa_append_only('payout_policy');

CREATE TABLE payout_limit (
    organizer_id uuid NOT NULL,
    policy_id uuid NOT NULL,
    asset_id text NOT NULL,
    minimum_minor numeric(39, 0) CHECK (minimum_minor >= 0), -- below: carried forward
    per_payout_minor numeric(39, 0) CHECK (per_payout_minor >= 0),
    per_batch_minor numeric(39, 0) CHECK (per_batch_minor >= 0),
    per_day_minor numeric(39, 0) CHECK (per_day_minor >= 0),
    PRIMARY KEY (organizer_id, policy_id, asset_id),
    FOREIGN KEY (organizer_id, policy_id) REFERENCES payout_policy (organizer_id, id)
);
SELECT passa_under_rls('payout_limit');
SELECT passa_append_only('payout_limit');
