-- Out of sight, with everything that hangs on it kept.
UPDATE object SET archived_at = $5, changed_by = $4, changed_at = $5 WHERE organizer_id = $1 AND kind = $2 AND name = $3
