-- $1 organizer, $2 event: the files that sale lines came from.
SELECT f.name, f.sha256, i.profile, i.state = 'done' AS done, to_char(i.started_at AT TIME ZONE e.zone, 'DD Mon YYYY HH24:MI') AS imported, i.imported_by
FROM sale_import_file f
JOIN sale_import i ON i.organizer_id = f.organizer_id AND i.event_id = f.event_id AND i.id = f.import_id
JOIN event e ON e.organizer_id = f.organizer_id AND e.id = f.event_id
WHERE f.organizer_id = $1 AND f.event_id = $2
ORDER BY i.started_at, i.id, f.file_no
