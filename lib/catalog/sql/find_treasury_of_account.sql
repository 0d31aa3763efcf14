-- $1 organizer, $2 rail, $3 network, $4 account, $5 id: another treasury on the same account.
SELECT name FROM treasury
WHERE organizer_id = $1 AND rail = $2 AND network_name IS NOT DISTINCT FROM $3 AND account = $4 AND id <> $5
LIMIT 1
