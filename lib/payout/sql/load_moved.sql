-- $1 organizer, $2 batch: payouts that have not left and whose party wants its money elsewhere by now, or in another asset. A line of
-- a payment file names its asset itself.
SELECT p.id, p.state
FROM payout p
JOIN party pa ON pa.organizer_id = p.organizer_id AND pa.id = p.party_id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state IN ('ready', 'reserved')
  AND ((pa.rail, pa.destination) IS DISTINCT FROM (p.rail, p.destination) OR (pa.memo IS DISTINCT FROM p.memo AND NOT p.own_memo)
       OR (p.source = 'payable' AND coalesce(pa.payout_asset_id, p.owed_asset_id) <> p.asset_id))
ORDER BY p.pos
