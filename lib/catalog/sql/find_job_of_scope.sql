-- Another declared job than $4 that does $2 of scope $3.
SELECT name FROM job_declared WHERE organizer_id = $1 AND job = $2 AND scope = $3 AND id <> $4
