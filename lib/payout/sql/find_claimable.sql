-- $1 organizer, $2 batch: one payout that could be claimed, waiting for whoever holds it now to let go; none: nothing is left.
SELECT p.id
FROM payout p
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
  AND NOT EXISTS (SELECT 1 FROM payout_waits c WHERE c.organizer_id = p.organizer_id AND c.payout_id = p.id)
LIMIT 1
FOR NO KEY UPDATE OF p
