-- $1 organizer, $2 event, $3 now: breaks that nobody closed, of the treasuries that pay or paid for the event.
SELECT b.id, b.type, b.subject, b.amount_minor, b.asset_id, s.scale, t.name AS treasury,
       to_char(b.opened_at AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS opened,
       greatest(0, extract(day FROM $3::timestamptz - b.opened_at))::bigint AS days
FROM recon_break b
JOIN event e ON e.organizer_id = b.organizer_id AND e.id = $2
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
JOIN asset s ON s.organizer_id = b.organizer_id AND s.id = b.asset_id
WHERE b.organizer_id = $1 AND b.closed_at IS NULL
  AND EXISTS (SELECT 1 FROM payout p JOIN payout_batch k ON k.organizer_id = p.organizer_id AND k.id = p.batch_id
              WHERE p.organizer_id = $1 AND p.event_id = $2 AND k.treasury_id = t.id)
ORDER BY b.opened_at, b.id
