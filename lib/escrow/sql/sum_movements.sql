-- What the contract of plan $2 told, per kind, version and address.
SELECT kind, contract_version, address, sum(amount_minor) AS minor
FROM escrow_movement
WHERE organizer_id = $1 AND plan_id = $2
GROUP BY kind, contract_version, address
ORDER BY kind, contract_version, address
