-- $1 organizer, $2 treasury, $3 keys and $4 counterparties of lines in question: payouts that wait for their line, and those
-- that such a line may speak of, one row for every attempt of each. Locked: no sender moves
-- them while their lines are matched. A settled payout has its line, so it is asked for by key or counterparty alone.
WITH wanted AS MATERIALIZED (
    SELECT l.payout_id
    FROM payout_attempt t
    JOIN payout_attempt_line l ON l.organizer_id = t.organizer_id AND l.attempt_id = t.id
    WHERE t.organizer_id = $1 AND t.key = ANY ($3::text[])
    UNION
    SELECT p.id FROM payout p WHERE p.organizer_id = $1 AND p.destination = ANY ($4::text[])
    UNION
    SELECT p.id FROM payout p
    WHERE p.organizer_id = $1 AND p.state IN ('sending', 'accepted', 'unknown', 'confirmed', 'returned')
      AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = p.organizer_id AND m.payout_id = p.id)
), ours AS (
    SELECT l.payout_id, l.attempt_id, l.pos, l.live, t.key, t.valid_until, t.finished_at,
           -- by the network's clock where it said so: ours may be wrong
           (SELECT max((e.details ->> 'closed_at')::timestamptz) FROM evidence e
            WHERE e.organizer_id = t.organizer_id AND e.rail = t.rail AND e.external_ref = t.key AND e.kind = 'found') AS closed_at
    FROM wanted w
    JOIN payout_attempt_line l ON l.organizer_id = $1 AND l.payout_id = w.payout_id
    JOIN payout_attempt t ON t.organizer_id = l.organizer_id AND t.id = l.attempt_id
    JOIN payout_batch b ON b.organizer_id = t.organizer_id AND b.id = t.batch_id
    WHERE b.treasury_id = $2
)
SELECT p.id AS payout_id, o.attempt_id, o.key, o.pos, p.state, o.live, p.amount_minor, p.asset_id, s.scale,
       coalesce(p.destination, '') AS destination, coalesce(o.closed_at, o.finished_at, o.valid_until) AS due_at,
       EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = p.organizer_id AND m.payout_id = p.id)
           OR EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = p.organizer_id AND coalesce(k.found_payout_id, k.payout_id) = p.id AND k.close_code = 'paid') AS matched,
       EXISTS (SELECT 1 FROM payout_found_paid f WHERE f.organizer_id = p.organizer_id AND f.payout_id = p.id AND f.stands) AS found_paid,
       EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.close_code <> 'matched'
               AND k.type IN ('MISSING_EXTERNAL', 'AMOUNT', 'PARTY_MISMATCH', 'BAD_REFERENCE')) AS excused
FROM ours o
JOIN payout p ON p.organizer_id = $1 AND p.id = o.payout_id
JOIN asset s ON s.organizer_id = p.organizer_id AND s.id = p.asset_id
ORDER BY o.key, o.pos
FOR NO KEY UPDATE OF p
