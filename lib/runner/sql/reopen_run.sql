-- A run that ended without an item that is to be tried again is gone on with: no failure of its own, so nobody is told of one.
UPDATE job_run SET state = 'running', finished_at = NULL WHERE organizer_id = $1 AND id = $2 AND state = 'partial'
