-- $1 organizer, $2 batch, $3 at most so many: payouts with money set aside and no live attempt, in order; those with one memo stand
-- together. Those for which the chain contradicts the book wait; those that another lane is taking right now are passed over. `moved`: the
-- party wants its money elsewhere by now, or in another asset.
SELECT p.id, p.amount_minor, p.asset_id, s.scale, p.destination, p.memo,
       pa.id IS NOT NULL
       AND ((pa.rail, pa.destination) IS DISTINCT FROM (p.rail, p.destination) OR (pa.memo IS DISTINCT FROM p.memo AND NOT p.own_memo)
            OR (p.source = 'payable' AND coalesce(pa.payout_asset_id, p.owed_asset_id) <> p.asset_id)) AS moved
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
LEFT JOIN party pa ON pa.organizer_id = p.organizer_id AND pa.id = p.party_id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
  AND NOT EXISTS (SELECT 1 FROM payout_waits c WHERE c.organizer_id = p.organizer_id AND c.payout_id = p.id)
ORDER BY p.memo NULLS FIRST, p.pos
LIMIT $3
FOR NO KEY UPDATE OF p SKIP LOCKED
