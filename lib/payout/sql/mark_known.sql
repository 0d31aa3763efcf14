-- $1 organizer, $2 hash of a file: of each line in payout_staging the newest payout that is paid, on its way or meant to be, or was found
-- paid on the chain: of an earlier batch of the same file, or of any where the line gives a reference or a key. One of the same key that
-- says something else comes first. Uses payout_line and payout_row_key.
WITH hit AS (
    SELECT l.seq, p.id, false AS differs
    FROM payout_staging l
    JOIN payout p ON p.organizer_id = $1 AND p.line_key = l.line_key
    JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
    WHERE b.file_sha256 = $2 OR p.reference <> ''
    UNION ALL
    SELECT l.seq, p.id, p.line_key <> l.line_key
    FROM payout_staging l
    JOIN payout p ON p.organizer_id = $1 AND p.row_key = l.row_key
), known AS (
    SELECT DISTINCT ON (h.seq) h.seq, h.id
    FROM hit h
    JOIN payout p ON p.organizer_id = $1 AND p.id = h.id
    WHERE p.state NOT IN ('blocked', 'failed', 'returned', 'cancelled')
       OR EXISTS (SELECT 1 FROM payout_found_paid f WHERE f.organizer_id = p.organizer_id AND f.payout_id = p.id AND f.stands)
    ORDER BY h.seq, h.differs DESC, h.id DESC
)
UPDATE payout_staging l SET known_payout = k.id FROM known k WHERE l.seq = k.seq
