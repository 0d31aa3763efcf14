-- Batches that may be sent or were begun to be, oldest first; of event $2, where given.
SELECT b.id, t.name AS treasury_name, t.network_name,
       EXISTS (SELECT 1 FROM payout p
               WHERE p.organizer_id = b.organizer_id AND p.batch_id = b.id AND p.state IN ('sending', 'accepted', 'unknown')) AS may_have_left
FROM payout_batch b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
WHERE b.organizer_id = $1 AND b.state IN ('approved', 'running') AND ($2::uuid IS NULL OR b.event_id = $2)
ORDER BY b.made_at, b.id
