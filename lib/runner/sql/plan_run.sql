-- $3 how many items this attempt planned, $4 the hash of what it was asked for and planned.
UPDATE job_run SET planned = $3, inputs_hash = $4 WHERE organizer_id = $1 AND id = $2
