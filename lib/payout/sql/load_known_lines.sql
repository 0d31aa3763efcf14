-- $1 organizer, $2 hash of a file: its lines that earlier batches have. `paid`: one of them paid it, or still means to, or was found
-- paid on the chain; `waits`: the
-- chain contradicts what is known of it.
SELECT p.file_line,
       bool_or(p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled')
               OR EXISTS (SELECT 1 FROM recon_break k WHERE k.organizer_id = p.organizer_id AND k.payout_id = p.id AND k.close_code = 'paid')) AS paid,
       bool_or(w.payout_id IS NOT NULL) AS waits
FROM payout_batch b
JOIN payout p ON p.organizer_id = b.organizer_id AND p.batch_id = b.id
LEFT JOIN payout_waits w ON w.organizer_id = p.organizer_id AND w.payout_id = p.id
WHERE b.organizer_id = $1 AND b.file_sha256 = $2 AND p.file_line IS NOT NULL
GROUP BY p.file_line
