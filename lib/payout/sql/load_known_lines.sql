-- $1 organizer, $2 hash of a file, $3 references: lines of earlier batches that were made of the same file, or give one of these
-- references, or wait because the chain contradicts what is known of them. `paid`: paid, on its way or meant to be, or found paid
-- on the chain. Newest first.
SELECT p.id, p.batch_id, b.made_at, b.file_sha256 = $2 AS same_file, p.file_line, p.party_id, p.destination, p.memo, p.owed_minor,
       p.owed_asset_id, p.reference, p.state,
       p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled')
       OR EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.close_code = 'paid') AS paid,
       w.payout_id IS NOT NULL AS waits
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
LEFT JOIN payout_waits w ON w.organizer_id = p.organizer_id AND w.payout_id = p.id
WHERE p.organizer_id = $1 AND p.source = 'expense'
  AND (b.file_sha256 = $2 OR (p.reference <> '' AND p.reference = ANY ($3::text[])) OR w.payout_id IS NOT NULL)
ORDER BY p.id DESC
