-- $3 who works on it from now, $4 the version of the code.
UPDATE job_run SET state = 'running', finished_at = NULL, attempts = attempts + 1, worker = $3, code_version = $4
WHERE organizer_id = $1 AND id = $2
