-- Whose money is the treasury's own: what comes from anybody else waits in suspense until a person says what it is.

ALTER TABLE treasury ADD COLUMN funded_from text[] NOT NULL DEFAULT '{}'; -- addresses, as the rail writes counterparties

-- What the chain paid although the book said otherwise is booked once.
CREATE UNIQUE INDEX recon_paid_once ON recon_break (organizer_id, payout_id) WHERE close_code = 'paid';

-- Payouts that the chain paid although the book had given them up. Such a payment may come back too: the payout's state stays what
-- it was, what was booked when it was found is reversed, and that says so. `stands`: the money has not come back since.
CREATE VIEW payout_found_paid WITH (security_invoker = true) AS
SELECT k.organizer_id, k.payout_id, k.closed_by, k.close_reason, r.id IS NULL AS stands, r.note AS came_back
FROM recon_break k
LEFT JOIN journal r ON r.organizer_id = k.organizer_id AND r.reverses_id = k.close_journal_id
WHERE k.close_code = 'paid';
GRANT SELECT ON payout_found_paid TO passa_app;
