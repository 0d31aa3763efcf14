-- $4 done or dead, $5 tries, $6 counts, $7 and $8 the error it was given up for.
INSERT INTO job_item (organizer_id, run_id, key, round, state, tries, counts, error_code, error, ended_at)
SELECT $1, $2, $3, count(*), $4, $5, $6::jsonb, $7, $8, clock_timestamp()
FROM job_verdict v
WHERE v.organizer_id = $1 AND v.run_id = $2 AND v.key = $3 AND v.verdict = 'retried'
