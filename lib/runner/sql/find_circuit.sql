-- What stayed away from $2 job and $3 scope, and until when it is left alone.
SELECT dependency, failures, open_until, error, coalesce(open_until > clock_timestamp(), false) AS is_open
FROM job_circuit WHERE organizer_id = $1 AND job = $2 AND scope = $3
