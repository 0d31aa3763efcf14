-- Committed before any byte leaves.
INSERT INTO contract_call (organizer_id, id, network, source, purpose, contract, words, key, payload, sequence, fee_minor, valid_until,
    first_ledger, actor, made_at, state)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 'prepared')
