-- $1 organizer, $2 treasury, $3 attempt, $4 the newest ledger known when it was made: the newest ledger up to which runs show no
-- payment of it, and whether they show its fee. They count when they are complete, without a gap of the balances, and when each
-- begins where the ones before it end, from $4 or earlier on: a hole that a person has closed still is a hole. A stretch counts with
-- the run at its end that proved the balances. Null when a payment of it was seen, or may leave no line: an issuer makes what it pays.
WITH RECURSIVE sound AS (
    SELECT r.from_position, r.to_position, r.to_ledger, r.proved
    FROM recon_run r
    WHERE r.organizer_id = $1 AND r.treasury_id = $2 AND r.complete AND r.to_ledger > $4
      AND NOT EXISTS (SELECT 1 FROM recon_balance g WHERE g.organizer_id = r.organizer_id AND g.run_id = r.id AND g.gap <> 0)
), seen AS (
    SELECT coalesce(max(to_position), 0) AS position, NULL::bigint AS ledger, false AS proved
    FROM recon_run WHERE organizer_id = $1 AND treasury_id = $2 AND to_ledger <= $4
    UNION
    SELECT s.to_position, s.to_ledger, s.proved
    FROM seen JOIN sound s ON s.from_position <= seen.position AND s.to_position > seen.position
)
SELECT max(ledger) FILTER (WHERE proved) AS ledger,
       EXISTS (
           SELECT 1 FROM payout_attempt t
           JOIN statement_line l ON l.organizer_id = t.organizer_id AND l.treasury_id = $2 AND l.external_ref = t.key || ':fee'
           WHERE t.organizer_id = $1 AND t.id = $3) AS has_fee
FROM seen
WHERE NOT EXISTS (
    SELECT 1 FROM payout_attempt t
    JOIN payout_attempt_line a ON a.organizer_id = t.organizer_id AND a.attempt_id = t.id
    JOIN payout p ON p.organizer_id = a.organizer_id AND p.id = a.payout_id
    LEFT JOIN statement_line l ON l.organizer_id = t.organizer_id AND l.treasury_id = $2
        AND l.external_ref IN (t.key || ':' || a.pos, t.key || ':upkeep')
    WHERE t.organizer_id = $1 AND t.id = $3 AND (l.id IS NOT NULL OR p.asset_id LIKE '%:' || (SELECT account FROM treasury WHERE organizer_id = $1 AND id = $2)))
