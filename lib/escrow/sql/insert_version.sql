-- $3 our version, $4 the contract's. The same again changes nothing; another one for either is refused by the keys.
INSERT INTO escrow_version (organizer_id, plan_id, plan_version_id, contract_version)
SELECT $1, $2, $3, $4
WHERE NOT EXISTS (SELECT 1 FROM escrow_version WHERE organizer_id = $1 AND plan_id = $2 AND plan_version_id = $3 AND contract_version = $4)
