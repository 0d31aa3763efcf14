-- $1 organizer, $2 treasury: what is open.
SELECT id, type, subject, asset_id, amount_minor, held_minor, statement_line_id, payout_id, journal_id
FROM recon_break WHERE organizer_id = $1 AND treasury_id = $2 AND closed_at IS NULL
ORDER BY id
