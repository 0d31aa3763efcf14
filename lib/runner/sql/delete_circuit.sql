-- An item was done: what stayed away is back.
DELETE FROM job_circuit WHERE organizer_id = $1 AND job = $2 AND scope = $3
