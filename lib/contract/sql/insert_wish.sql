-- One row of the outbox; one of the same contract, function and key stays as it is.
INSERT INTO contract_outbox (organizer_id, id, contract, function, key, shared, list, item, made_by, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
ON CONFLICT (organizer_id, contract, function, key) DO NOTHING
