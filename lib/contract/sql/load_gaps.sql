-- $2 network, $3 contract.
SELECT from_ledger, to_ledger, found_at FROM contract_gap WHERE organizer_id = $1 AND network = $2 AND contract = $3 ORDER BY from_ledger
