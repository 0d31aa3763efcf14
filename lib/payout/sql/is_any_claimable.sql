-- $1 organizer, $2 batch: whether a payout could be claimed, as far as can be seen without waiting for whoever claims one now.
SELECT EXISTS (
    SELECT 1 FROM payout p
    WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state = 'reserved'
      AND NOT EXISTS (SELECT 1 FROM payout_waits c WHERE c.organizer_id = p.organizer_id AND c.payout_id = p.id)) AS is_any
