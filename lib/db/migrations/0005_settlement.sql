-- Due to date, less posted. A settlement keeps what it saw and what it made of it, so that any figure can be replayed.

CREATE TABLE settlement (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    id uuid NOT NULL,
    through timestamptz NOT NULL,   -- lines that occurred before it
    lines bigint NOT NULL,          -- how many lines this settlement took in
    settled_by text NOT NULL,
    settled_at timestamptz NOT NULL,
    PRIMARY KEY (organizer_id, event_id, id),
    FOREIGN KEY (organizer_id, event_id) REFERENCES event (organizer_id, id)
);
SELECT passa_under_rls('settlement');
SELECT passa_append_only('settlement');

-- A line is settled once, by the first settlement that saw it.
CREATE TABLE settlement_line (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    line_id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    PRIMARY KEY (organizer_id, event_id, line_id)
);
SELECT passa_under_rls('settlement_line');
SELECT passa_append_only('settlement_line');

-- What commissions are worked out on: a sale's net (with its corrections), less the part of its gross that was undone. A gateway
-- that keeps its fees on a refund thus costs the creator nothing: a whole refund leaves nothing, neither owed nor taken. A ticket
-- that costs nothing earns nothing.
CREATE FUNCTION passa_eligible(net numeric, gross numeric, undone_gross numeric) RETURNS numeric LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN gross = 0 THEN 0 ELSE net - div(net * undone_gross, gross) END
$$;

-- The own figure of each line of sales that have changes: the totals after it less those before it. It follows from the sale's
-- lines up to this one, so it is the same whichever settlement takes it in. A line of any other sale: passa_eligible(net, gross, 0).
CREATE FUNCTION passa_changed_eligible(organizer uuid, event uuid, sales uuid[]) RETURNS TABLE (line_id uuid, eligible numeric)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.id, t.total - lag(t.total, 1, 0::numeric) OVER (PARTITION BY t.sale_id ORDER BY t.seq)
    FROM (
        SELECT l.id, l.sale_id, l.seq,
               passa_eligible(sum(CASE WHEN u.undoes THEN 0 ELSE l.net END) OVER upto, sum(CASE WHEN u.undoes THEN 0 ELSE l.gross END) OVER upto,
                              -sum(CASE WHEN u.undoes THEN l.gross ELSE 0 END) OVER upto) AS total
        FROM ( -- by two indexes: a scan of the event's lines for its few changed sales would cost more than all else here
            SELECT o.id, o.sale_id, o.seq, o.kind, o.gross, o.net
            FROM unnest(sales) c (sale_id)
            JOIN sale_line o ON o.organizer_id = organizer AND o.event_id = event AND o.id = c.sale_id
            UNION ALL
            SELECT o.id, o.sale_id, o.seq, o.kind, o.gross, o.net
            FROM unnest(sales) c (sale_id)
            JOIN sale_line o ON o.organizer_id = organizer AND o.event_id = event AND o.sale_id = c.sale_id AND o.seq > 0
        ) l
        CROSS JOIN LATERAL (SELECT l.kind IN ('refund', 'cancellation', 'chargeback') AS undoes) u
        WINDOW upto AS (PARTITION BY l.sale_id ORDER BY l.seq)
    ) t
$$;

-- What each settlement added per plan version, campaign version, creator and asset: totals to date are sums of these rows.
CREATE TABLE settlement_intake (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    plan_version_id uuid NOT NULL,
    campaign_version_id uuid,       -- null: no creator credited
    creator_id uuid,
    asset_id text NOT NULL,
    lines bigint NOT NULL,
    gross numeric(39, 0) NOT NULL,
    tax numeric(39, 0) NOT NULL,
    fee_platform numeric(39, 0) NOT NULL,
    fee_payment numeric(39, 0) NOT NULL,
    net numeric(39, 0) NOT NULL,
    eligible numeric(39, 0) NOT NULL, -- for commissions: the sum of the lines' own figures
    CHECK (net = gross - tax - fee_platform - fee_payment),
    UNIQUE NULLS NOT DISTINCT (organizer_id, event_id, settlement_id, plan_version_id, campaign_version_id, creator_id, asset_id),
    FOREIGN KEY (organizer_id, event_id, settlement_id) REFERENCES settlement (organizer_id, event_id, id)
        DEFERRABLE INITIALLY DEFERRED -- it is written first
);
SELECT passa_under_rls('settlement_intake');
SELECT passa_append_only('settlement_intake');

-- What was due to date, what earlier settlements had posted, and the difference that this one posted.
CREATE TABLE settlement_due (
    organizer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    settlement_id uuid NOT NULL,
    plan_version_id uuid NOT NULL,
    asset_id text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('share', 'commission')),
    party_id uuid NOT NULL,
    campaign_version_id uuid,       -- of a commission
    due numeric(39, 0) NOT NULL,
    posted_before numeric(39, 0) NOT NULL,
    delta numeric(39, 0) NOT NULL,
    CHECK (delta = due - posted_before),
    CHECK ((kind = 'commission') = (campaign_version_id IS NOT NULL)),
    FOREIGN KEY (organizer_id, event_id, settlement_id) REFERENCES settlement (organizer_id, event_id, id),
    UNIQUE NULLS NOT DISTINCT (organizer_id, event_id, settlement_id, plan_version_id, asset_id, kind, party_id, campaign_version_id)
);
SELECT passa_under_rls('settlement_due');
SELECT passa_append_only('settlement_due');
