-- $1 organizer, $2 treasury: what open batches hold in reserve on it, not yet proved to have left, and how many payouts that is;
-- and, to notice that something moved meanwhile, what was ever proved to have left.
SELECT coalesce(sum(p.amount_minor) FILTER (WHERE p.state IN ('reserved', 'sending', 'accepted', 'unknown')), 0) AS reserved,
       count(*) FILTER (WHERE p.state IN ('reserved', 'sending', 'accepted', 'unknown')) AS payouts,
       coalesce(sum(p.amount_minor) FILTER (WHERE p.state IN ('confirmed', 'settled', 'returned')), 0) AS paid
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
WHERE p.organizer_id = $1 AND b.treasury_id = $2
