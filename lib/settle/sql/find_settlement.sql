-- One settlement's head.
SELECT id, event_id, through, lines, settled_by, settled_at FROM settlement WHERE organizer_id = $1 AND id = $2
