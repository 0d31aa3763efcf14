-- In the order they ended.
SELECT key, state, tries, counts, error_code, error, ended_at FROM job_item WHERE organizer_id = $1 AND run_id = $2 ORDER BY ended_at, key
