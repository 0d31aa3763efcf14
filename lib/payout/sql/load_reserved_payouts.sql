-- $1 organizer, $2 batch: payouts with money set aside and no live attempt, in order; those with one memo stand together.
-- Those for which the chain contradicts the book wait.
SELECT p.id, p.pos, p.amount_minor, p.asset_id, s.scale, p.destination, p.memo
FROM payout p
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
  AND NOT EXISTS (SELECT 1 FROM payout_waits c WHERE c.organizer_id = p.organizer_id AND c.payout_id = p.id)
ORDER BY p.memo NULLS FIRST, p.pos
LIMIT $3
