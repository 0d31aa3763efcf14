-- Contracts that are to be told something, or whose call about it is not proved yet.
SELECT DISTINCT contract FROM contract_told WHERE organizer_id = $1 AND state IN ('waiting', 'sent') ORDER BY contract
