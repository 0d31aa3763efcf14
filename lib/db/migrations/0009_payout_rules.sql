-- By which rules payouts are made, approved and held back.

-- How long an approval holds: what is sent under it begins no later.
ALTER TABLE payout_policy ADD COLUMN approval_valid_seconds bigint NOT NULL DEFAULT 604800 CHECK (approval_valid_seconds > 0);

-- The treasury says by which policy its payouts are judged: whoever makes a batch has no choice. Null: the only one in force.
ALTER TABLE treasury ADD COLUMN policy_name text;

-- Payouts of what the chain contradicts: the payout itself, and every other one, of whatever batch, that pays the same party for
-- the same event or says the same as its line of a payment file. And those to an address that a treasury paid without a payout that
-- the book knows, or once more than it knows: it may be this one, sent from another copy of these books. Nothing more is paid for
-- them until somebody has closed the break.
CREATE VIEW payout_waits WITH (security_invoker = true) AS
WITH contested AS (
    SELECT p.organizer_id, p.id, p.party_id, p.event_id, p.line_key
    FROM recon_break k
    JOIN payout p ON p.organizer_id = k.organizer_id AND p.id = k.payout_id
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
JOIN payout p ON p.organizer_id = c.organizer_id AND p.line_key = c.line_key
UNION
SELECT p.organizer_id, p.id
FROM recon_break k
JOIN statement_line l ON l.organizer_id = k.organizer_id AND l.id = k.statement_line_id AND l.amount_minor < 0
JOIN payout p ON p.organizer_id = l.organizer_id AND p.destination = l.counterparty
WHERE k.closed_at IS NULL AND k.type IN ('MISSING_INTERNAL', 'BAD_REFERENCE', 'DUPLICATE_EXTERNAL');
GRANT SELECT ON payout_waits TO passa_app;
