-- $1 organizer, $2 treasury: its channels that are not closed, by number; `open_attempts` of each, and whether somebody pays by it now: $3
-- is the work that a sender's lease is for.
SELECT c.id, c.number, c.address, c.state, c.made_by, c.made_at,
       (SELECT count(*) FROM payout_attempt t
        JOIN payout_batch b ON b.organizer_id = t.organizer_id AND b.id = t.batch_id
        WHERE t.organizer_id = c.organizer_id AND t.source = c.address AND b.treasury_id = c.treasury_id
          AND t.state IN ('prepared', 'sent', 'unknown')) AS open_attempts,
       (SELECT max(t.sequence) FROM payout_attempt t
        JOIN payout_batch b ON b.organizer_id = t.organizer_id AND b.id = t.batch_id
        LEFT JOIN evidence e ON e.organizer_id = t.organizer_id AND e.id = t.dead_evidence_id
        WHERE t.organizer_id = c.organizer_id AND t.source = c.address AND b.treasury_id = c.treasury_id
          AND (t.state = 'confirmed' OR (t.state = 'dead' AND e.kind = 'found'))) AS used, -- in a ledger
       EXISTS (SELECT 1 FROM lease l WHERE l.organizer_id = c.organizer_id AND l.work = $3 AND l.scope = c.id::text
                 AND passa_lease_lives(l)) AS busy
FROM payout_channel c
WHERE c.organizer_id = $1 AND c.treasury_id = $2 AND c.state <> 'closed'
ORDER BY c.number
