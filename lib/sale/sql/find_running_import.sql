-- An import of these very files by this very profile that did not finish.
SELECT id, attempts, started_at FROM sale_import
WHERE organizer_id = $1 AND event_id = $2 AND file_sha256 = $3 AND profile_sha256 = $4 AND state = 'running'
