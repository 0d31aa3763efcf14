-- Gives the job free, if it is still ours: $4 our number.
UPDATE job_lease SET until = NULL WHERE organizer_id = $1 AND job = $2 AND scope = $3 AND number = $4
