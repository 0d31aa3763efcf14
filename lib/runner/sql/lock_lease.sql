-- FOR UPDATE waits for every transaction that still checks the old number (hold_lease): none of those commits after it changed.
SELECT 1 FROM job_lease WHERE organizer_id = $1 AND job = $2 AND scope = $3 FOR UPDATE
