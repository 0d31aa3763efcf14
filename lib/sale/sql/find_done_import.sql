-- The last complete import of these very files by this very profile that refused nothing. $5: only if no import came after it, for
-- where the book follows each file, what another one changed is changed back.
SELECT i.id, i.finished_at FROM sale_import i
WHERE i.organizer_id = $1 AND i.event_id = $2 AND i.file_sha256 = $3 AND i.profile_sha256 = $4 AND i.state = 'done' AND i.rows_rejected = 0
  AND NOT ($5 AND EXISTS (SELECT 1 FROM sale_import n WHERE n.organizer_id = $1 AND n.event_id = $2 AND n.id <> i.id AND coalesce(n.finished_at >= i.finished_at, true)))
ORDER BY i.finished_at DESC LIMIT 1
