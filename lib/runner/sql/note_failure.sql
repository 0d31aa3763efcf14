-- One more item of $2 job and $3 scope failed for $4, which said $5. From the third in a row on: 5 minutes, then twice as long each time, at
-- most an hour.
INSERT INTO job_circuit AS c (organizer_id, job, scope, dependency, failures, error, changed_at)
VALUES ($1, $2, $3, $4, 1, $5, clock_timestamp())
ON CONFLICT (organizer_id, job, scope) DO UPDATE
SET dependency = excluded.dependency, error = excluded.error, changed_at = excluded.changed_at,
    failures = CASE WHEN c.dependency = excluded.dependency THEN c.failures + 1 ELSE 1 END,
    open_until = CASE WHEN c.dependency = excluded.dependency AND c.failures >= 2
        THEN clock_timestamp() + least(interval '1 hour', interval '5 minutes' * power(2, least(c.failures - 2, 10))) END
RETURNING dependency, failures, open_until, error, coalesce(open_until > clock_timestamp(), false) AS is_open
