-- $1 organizer, $2 event: the newest reconciliation of each treasury that pays or paid for the event, and what it says of each
-- asset; null where none was made.
SELECT t.name AS treasury, t.account, r.id AS run_id, to_char(r.ran_at AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS ran,
       r.complete, r.gap AS hole, r.to_ledger, r.lines_read, r.matched, b.asset_id, s.scale, b.opening, b.money_in, b.money_out, b.fees, b.closing, b.gap,
       (SELECT count(*) FROM recon_run n WHERE n.organizer_id = $1 AND n.treasury_id = t.id) AS runs
FROM event e
JOIN treasury t ON t.organizer_id = e.organizer_id
LEFT JOIN LATERAL (SELECT * FROM recon_run n WHERE n.organizer_id = $1 AND n.treasury_id = t.id ORDER BY n.ran_at DESC, n.id DESC LIMIT 1) r ON true
LEFT JOIN recon_balance b ON b.organizer_id = $1 AND b.run_id = r.id
LEFT JOIN asset s ON s.organizer_id = $1 AND s.id = b.asset_id
WHERE e.organizer_id = $1 AND e.id = $2
  AND EXISTS (SELECT 1 FROM payout p JOIN payout_batch k ON k.organizer_id = p.organizer_id AND k.id = p.batch_id
              WHERE p.organizer_id = $1 AND p.event_id = $2 AND k.treasury_id = t.id)
ORDER BY t.name, b.asset_id
