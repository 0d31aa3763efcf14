-- $3 who says so, $4 why.
UPDATE job_run SET state = 'skipped', skipped_by = $3, skip_reason = $4, finished_at = clock_timestamp()
WHERE organizer_id = $1 AND id = $2
