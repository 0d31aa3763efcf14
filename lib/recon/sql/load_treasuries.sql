-- $1 organizer, $2 name or null, $3 event or null: those of this name, or with payouts of this event, or all.
SELECT t.id, t.name
FROM treasury t
WHERE t.organizer_id = $1 AND ($2::text IS NULL OR t.name = $2)
  AND ($3::uuid IS NULL OR EXISTS (
      SELECT 1 FROM payout_batch b
      JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id
      WHERE b.organizer_id = t.organizer_id AND b.treasury_id = t.id AND (p.event_id = $3 OR b.event_id = $3)))
ORDER BY t.name
