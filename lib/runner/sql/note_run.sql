-- What the lease of $2 job and $3 scope is taken for: $4 the run.
UPDATE lease SET run_id = $4 WHERE organizer_id = $1 AND work = $2 AND scope = $3
