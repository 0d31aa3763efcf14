-- $2 network, $3 contract. How far its events were heard.
SELECT from_ledger, through_ledger, cursor, heard_at FROM contract_heard WHERE organizer_id = $1 AND network = $2 AND contract = $3
