-- $1 organizer, $2 treasury, in one snapshot and per asset: what the book holds, plus payouts and fees it has booked that no line
-- shows yet, plus lines that nothing has booked yet. That must be what the rail holds.
SELECT q.asset_id, s.scale, sum(q.book) AS book, sum(q.unseen) AS unseen, sum(q.unbooked) AS unbooked
FROM (
    SELECT a.asset_id, o.amount AS book, 0 AS unseen, 0 AS unbooked
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.organizer_id = $1 AND a.kind = 'treasury' AND a.treasury_id = $2
    UNION ALL
    SELECT p.asset_id, 0, p.amount_minor, 0
    FROM payout p
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
    WHERE p.organizer_id = $1 AND b.treasury_id = $2 AND p.state IN ('confirmed', 'settled', 'returned')
      AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = p.organizer_id AND m.payout_id = p.id)
      AND NOT EXISTS (
          SELECT 1 FROM recon_break k
          WHERE k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.asset_id = p.asset_id
            AND k.close_code IS DISTINCT FROM 'matched'
            AND (k.type IN ('AMOUNT', 'PARTY_MISMATCH', 'BAD_REFERENCE') OR (k.type = 'MISSING_EXTERNAL' AND k.closed_at IS NOT NULL)))
    UNION ALL
    SELECT a.asset_id, 0, -o.amount, 0
    FROM payout_attempt t
    JOIN journal j ON j.organizer_id = t.organizer_id AND j.kind = 'network_fee' AND j.cause_id = t.id
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id AND a.kind = 'treasury' AND a.treasury_id = $2
    WHERE t.organizer_id = $1
      AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = t.organizer_id AND m.attempt_id = t.id AND m.payout_id IS NULL)
      AND NOT EXISTS (
          SELECT 1 FROM recon_break k
          WHERE k.organizer_id = t.organizer_id AND k.attempt_id = t.id AND k.type = 'FEE' AND k.asset_id = a.asset_id
            AND k.close_code IS DISTINCT FROM 'matched' AND (k.statement_line_id IS NOT NULL OR k.closed_at IS NOT NULL))
    UNION ALL
    SELECT l.asset_id, 0, 0, l.amount_minor
    FROM statement_line l
    WHERE l.organizer_id = $1 AND l.treasury_id = $2
      AND NOT EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = l.organizer_id AND m.statement_line_id = l.id)
      AND NOT EXISTS (
          SELECT 1 FROM recon_break k
          WHERE k.organizer_id = l.organizer_id AND k.statement_line_id = l.id AND k.close_code IS DISTINCT FROM 'matched'
            AND k.type NOT IN ('TIMING', 'UNKNOWN_OUTCOME'))
) q
JOIN asset s ON s.organizer_id = $1 AND s.id = q.asset_id
GROUP BY q.asset_id, s.scale
ORDER BY q.asset_id
