-- $2 an event or null: newest first.
SELECT id, event_id, through, lines, settled_by, settled_at FROM settlement
WHERE organizer_id = $1 AND ($2::uuid IS NULL OR event_id = $2)
ORDER BY settled_at DESC, id DESC
