-- $2 contract, $3 state or null, $4 at most: the outbox of a contract, the newest first.
SELECT id, contract, function, key, shared, list, item, state, transaction, refused, made_by, made_at
FROM contract_told
WHERE organizer_id = $1 AND contract = $2 AND ($3::text IS NULL OR state = $3)
ORDER BY id DESC
LIMIT $4
