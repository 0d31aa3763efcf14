-- Whether the run has finished with item $3.
SELECT 1 FROM job_item WHERE organizer_id = $1 AND run_id = $2 AND key = $3
