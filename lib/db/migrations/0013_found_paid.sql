-- A payout that a person found paid on the chain may come back too. Its state stays what it was: what was booked when it was found is
-- reversed, and that says so.

-- Payouts that the chain paid although the book had given them up. `stands`: the money has not come back since.
CREATE VIEW payout_found_paid WITH (security_invoker = true) AS
SELECT k.organizer_id, k.payout_id, k.closed_by, k.close_reason, r.id IS NULL AS stands, r.note AS came_back
FROM recon_break k
LEFT JOIN journal r ON r.organizer_id = k.organizer_id AND r.reverses_id = k.close_journal_id
WHERE k.close_code = 'paid';
GRANT SELECT ON payout_found_paid TO passa_app;
