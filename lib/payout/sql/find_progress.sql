-- $1 organizer, $2 batch: how far it is, a row for each asset that fees were booked in (one without asset before the first). What was
-- found paid on the chain after the book gave it up counts as paid, as in load_batches.
SELECT b.state, c.payouts, c.paid, c.open, c.left_over AS "left", c.not_paid, c.cancelled, f.asset_id AS fee_asset_id, f.scale AS fee_scale, f.fees
FROM payout_batch b
CROSS JOIN LATERAL (
    SELECT count(*) AS payouts,
           count(*) FILTER (WHERE p.state IN ('confirmed', 'settled') OR k.payout_id IS NOT NULL) AS paid,
           count(*) FILTER (WHERE p.state IN ('sending', 'accepted', 'unknown')) AS open,
           count(*) FILTER (WHERE p.state IN ('planned', 'ready', 'reserved')) AS left_over,
           count(*) FILTER (WHERE p.state IN ('blocked', 'failed', 'returned') AND k.payout_id IS NULL) AS not_paid,
           count(*) FILTER (WHERE p.state = 'cancelled') AS cancelled
    FROM payout p
    LEFT JOIN payout_found_paid k ON k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.stands
    WHERE p.organizer_id = b.organizer_id AND p.batch_id = b.id
) c
LEFT JOIN LATERAL (
    SELECT o.asset_id, s.scale, sum(o.amount) AS fees
    FROM payout_attempt t
    JOIN journal j ON j.organizer_id = t.organizer_id AND j.cause_id = t.id AND j.kind = 'network_fee'
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id AND a.kind = 'network_fee'
    JOIN asset s ON s.organizer_id = o.organizer_id AND s.id = o.asset_id
    WHERE t.organizer_id = b.organizer_id AND t.batch_id = b.id
    GROUP BY o.asset_id, s.scale
) f ON true
WHERE b.organizer_id = $1 AND b.id = $2
ORDER BY f.asset_id
