-- A declared job; the runs it asked for stay.
DELETE FROM job_declared WHERE organizer_id = $1 AND id = $2
