-- $2 function, $3 key: in the outboxes of all contracts.
SELECT id, contract, function, key, shared, list, item, state, transaction, refused, made_by, made_at
FROM contract_told
WHERE organizer_id = $1 AND function = $2 AND key = $3
ORDER BY contract
