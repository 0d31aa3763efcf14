-- $1 organizer, $2 batch: it waits for approval as when it was made, and is told once for its newest approval.
SELECT passa_notice(b.organizer_id, 'batch.waiting', 'payout', format('waiting %s since %s', b.id, (SELECT max(a.approved_at) FROM payout_approval a
                                                                                                 WHERE a.organizer_id = $1 AND a.batch_id = $2)),
                    jsonb_build_object('batch', b.id, 'event', coalesce(e.name, ''), 'treasury', t.name, 'made_by', b.made_by,
                                       'payouts', open.payouts, 'total', open.total, 'blocked', (passa_batch_sum(b, '{blocked}')).payouts))
FROM payout_batch b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
LEFT JOIN event e ON e.organizer_id = b.organizer_id AND e.id = b.event_id
CROSS JOIN LATERAL passa_batch_sum(b, '{planned,ready,reserved}') open
WHERE b.organizer_id = $1 AND b.id = $2
