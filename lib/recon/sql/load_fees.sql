-- $1 organizer, $2 treasury, $3 keys of lines in question: what attempts may cost, and what the book says they did.
SELECT t.id AS attempt_id, t.key, t.fee_minor, t.state IN ('confirmed', 'dead') AS over, coalesce(t.finished_at, t.valid_until) AS due_at, booked.asset_id, s.scale, booked.amount,
       EXISTS (SELECT 1 FROM recon_match m WHERE m.organizer_id = t.organizer_id AND m.attempt_id = t.id AND m.payout_id IS NULL) AS matched,
       EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = t.organizer_id AND k.attempt_id = t.id AND k.type = 'FEE'
               AND k.close_code <> 'matched') AS excused
FROM payout_attempt t
JOIN payout_batch b ON b.organizer_id = t.organizer_id AND b.id = t.batch_id
LEFT JOIN LATERAL (
    SELECT o.asset_id, -sum(o.amount) AS amount
    FROM journal j
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    WHERE j.organizer_id = t.organizer_id AND j.kind = 'network_fee' AND j.cause_id = t.id AND a.kind = 'treasury' AND a.treasury_id = $2
    GROUP BY o.asset_id
) booked ON true
LEFT JOIN asset s ON s.organizer_id = t.organizer_id AND s.id = booked.asset_id
WHERE t.organizer_id = $1 AND b.treasury_id = $2
  AND (t.key = ANY ($3::text[]) OR NOT EXISTS (
      SELECT 1 FROM recon_match m WHERE m.organizer_id = t.organizer_id AND m.attempt_id = t.id AND m.payout_id IS NULL))
ORDER BY t.key
