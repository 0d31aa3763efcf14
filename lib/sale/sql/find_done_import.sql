-- The last complete import of these very files by this very profile that refused nothing.
SELECT id, finished_at FROM sale_import
WHERE organizer_id = $1 AND event_id = $2 AND file_sha256 = $3 AND profile_sha256 = $4 AND state = 'done' AND rows_rejected = 0
ORDER BY finished_at DESC LIMIT 1
