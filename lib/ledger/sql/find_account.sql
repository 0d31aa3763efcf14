-- The account of this key, if it exists. Uses its unique key.
SELECT id FROM account
WHERE organizer_id = $1 AND kind = $2 AND event_id IS NOT DISTINCT FROM $3::uuid AND party_id IS NOT DISTINCT FROM $4::uuid
  AND treasury_id IS NOT DISTINCT FROM $5::uuid AND asset_id = $6
