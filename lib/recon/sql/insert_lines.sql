-- $1 organizer, $2 treasury: staged lines that are new.
INSERT INTO statement_line (organizer_id, id, treasury_id, external_ref, kind, amount_minor, asset_id, counterparty, memo, booked_at, position)
SELECT $1, id, $2, external_ref, kind, amount_minor, asset_id, counterparty, memo, booked_at, position
FROM recon_staging
ORDER BY position, external_ref
ON CONFLICT (organizer_id, treasury_id, external_ref, kind, asset_id) DO NOTHING
