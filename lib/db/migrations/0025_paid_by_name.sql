-- A payment without our reference (made by hand, or from books that were lost) is what a payout was to pay: a person says which.

ALTER TABLE recon_break
    ADD COLUMN found_payout_id uuid, -- that a person found paid by this line; none: the one that the break is about
    ADD CHECK (found_payout_id IS NULL OR close_code = 'paid'),
    ADD FOREIGN KEY (organizer_id, found_payout_id) REFERENCES payout (organizer_id, id);

DROP INDEX recon_paid_once;
CREATE UNIQUE INDEX recon_paid_once ON recon_break (organizer_id, coalesce(found_payout_id, payout_id)) WHERE close_code = 'paid';

CREATE OR REPLACE VIEW payout_found_paid WITH (security_invoker = true) AS
SELECT k.organizer_id, coalesce(k.found_payout_id, k.payout_id) AS payout_id, k.closed_by, k.close_reason, r.id IS NULL AS stands, r.note AS came_back
FROM recon_break k
LEFT JOIN journal r ON r.organizer_id = k.organizer_id AND r.reverses_id = k.close_journal_id
WHERE k.close_code = 'paid';
