-- $1 organizer, $2 batch: how many wait for their money, how many could be sent, how many may have left.
SELECT count(*) FILTER (WHERE p.state = 'ready') AS ready,
       count(*) FILTER (WHERE p.state = 'reserved') AS reserved,
       count(*) FILTER (WHERE p.state IN ('sending', 'accepted', 'unknown')) AS open
FROM payout p
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state IN ('ready', 'reserved', 'sending', 'accepted', 'unknown')
