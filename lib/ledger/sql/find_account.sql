-- The account of this key, if it exists, by its unique key. No kind has both a party and a treasury.
SELECT id FROM account
WHERE organizer_id = $1 AND kind = $2 AND asset_id = $6 AND which_event = coalesce($3::uuid, $1) AND whose = coalesce($4::uuid, $5::uuid, $1)
