-- $1 organizer, $2 treasury: what open batches hold in reserve on it, not yet proved to have left.
SELECT coalesce(sum(p.amount_minor), 0) AS reserved
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
WHERE p.organizer_id = $1 AND b.treasury_id = $2 AND p.state IN ('reserved', 'sending', 'accepted', 'unknown')
