-- Whose money is the treasury's own: what comes from anybody else waits in suspense until a person says what it is.

ALTER TABLE treasury ADD COLUMN funded_from text[] NOT NULL DEFAULT '{}'; -- addresses, as the rail writes counterparties

ALTER TABLE recon_break DROP CONSTRAINT recon_break_close_code_check;
ALTER TABLE recon_break ADD CONSTRAINT recon_break_close_code_check
    CHECK (close_code IN ('matched', 'funding', 'paid', 'returned', 'written_off', 'reissued', 'refunded', 'provider_corrected'));

-- What the chain paid although the book said otherwise is booked once.
CREATE UNIQUE INDEX recon_paid_once ON recon_break (organizer_id, payout_id) WHERE close_code = 'paid';

-- Never written: a line names its transaction (external_ref), whose bytes every node and archive of the network keeps, so that
-- anybody can read it again. A rail whose statement is a file that only we hold keeps that file's bytes in evidence.
ALTER TABLE statement_line DROP COLUMN evidence_id;
