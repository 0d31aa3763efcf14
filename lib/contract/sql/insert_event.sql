-- $4 its id, $5 ledger, $6 transaction, $7 JSON or nothing, $8 evidence. The primary key refuses one that is there.
INSERT INTO contract_event (organizer_id, network, contract, id, ledger, transaction, said, evidence_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
