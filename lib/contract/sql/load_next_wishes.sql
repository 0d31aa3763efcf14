-- $2 contract, $3 at most: the row that waits longest, and those that fit into one call with it; oldest first.
WITH open AS (
    SELECT * FROM contract_told WHERE organizer_id = $1 AND contract = $2 AND refused IS NULL AND state = 'waiting'
), first AS (
    SELECT * FROM open ORDER BY id LIMIT 1
)
SELECT o.id, o.contract, o.function, o.key, o.shared, o.list, o.item, o.state, o.transaction, o.refused, o.made_by, o.made_at
FROM open o
JOIN first f ON o.id = f.id OR (o.function = f.function AND o.shared = f.shared AND o.list = f.list)
ORDER BY o.id
LIMIT $3
