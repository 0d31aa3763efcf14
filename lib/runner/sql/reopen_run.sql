-- A run that ended without an item that is to be tried again can be gone on with.
UPDATE job_run SET state = 'failed' WHERE organizer_id = $1 AND id = $2 AND state = 'partial'
