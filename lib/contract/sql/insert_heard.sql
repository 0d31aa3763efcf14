-- $4, $5 from and through which ledger; $6 the cursor; $7 now. No row: somebody else began meanwhile.
INSERT INTO contract_heard (organizer_id, network, contract, from_ledger, through_ledger, cursor, heard_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT DO NOTHING
