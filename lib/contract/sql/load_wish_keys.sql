-- $2 contract, $3 function: the keys of what it was ever to be told.
SELECT key FROM contract_outbox WHERE organizer_id = $1 AND contract = $2 AND function = $3
