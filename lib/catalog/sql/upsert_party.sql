-- A party or creator.
INSERT INTO party (organizer_id, id, name, role, title, rail, destination, memo, payout_asset_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
ON CONFLICT (organizer_id, id) DO UPDATE
SET title = excluded.title, rail = excluded.rail, destination = excluded.destination, memo = excluded.memo, payout_asset_id = excluded.payout_asset_id
