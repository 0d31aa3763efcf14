-- FOR UPDATE waits for every transaction that still checks the old number (hold): none of those commits after it changed.
SELECT 1 FROM lease WHERE organizer_id = $1 AND work = $2 AND scope = $3 FOR UPDATE
