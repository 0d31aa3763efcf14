-- Ends the pause of $2 job of scope $3. No row: it is not paused.
DELETE FROM job_pause WHERE organizer_id = $1 AND job = $2 AND scope = $3
