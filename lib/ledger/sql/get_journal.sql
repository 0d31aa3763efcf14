-- One entry's head.
SELECT id, kind, event_id, effective_at FROM journal WHERE organizer_id = $1 AND id = $2
