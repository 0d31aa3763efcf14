-- Ledgers whose events could not be had any more.
INSERT INTO contract_gap (organizer_id, network, contract, from_ledger, to_ledger, found_at) VALUES ($1, $2, $3, $4, $5, $6)
