-- A new account, unless somebody else made it meanwhile.
INSERT INTO account (organizer_id, id, kind, event_id, party_id, treasury_id, asset_id, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
ON CONFLICT DO NOTHING
