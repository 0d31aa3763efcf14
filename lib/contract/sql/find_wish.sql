-- $2 contract, $3 function, $4 key.
SELECT id, contract, function, key, shared, list, item, state, transaction, refused, made_by, made_at
FROM contract_told
WHERE organizer_id = $1 AND contract = $2 AND function = $3 AND key = $4
