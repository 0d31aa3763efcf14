-- $4 the cursor from which was asked; $5, $6 how far it came; $7 now. No row: somebody else heard more meanwhile.
UPDATE contract_heard
SET through_ledger = $5, cursor = $6, heard_at = $7
WHERE organizer_id = $1 AND network = $2 AND contract = $3 AND cursor = $4
