-- No beat renews it from now on; whoever still checks its number is not waited for.
SELECT 1 FROM lease WHERE organizer_id = $1 AND work = $2 AND scope = $3 FOR NO KEY UPDATE
