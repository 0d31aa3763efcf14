-- For the $2 pairs of job and scope that began last: the newest beginning, the newest good end, and the newest end with its items.
WITH began AS (
    SELECT job, scope, max(started_at) AS started_at, max(finished_at) FILTER (WHERE state = 'done' AND exit_code = 0) AS succeeded_at
    FROM job_run
    WHERE organizer_id = $1 AND state <> 'skipped'
    GROUP BY job, scope
    ORDER BY max(started_at) DESC
    LIMIT $2
), ended AS (
    SELECT DISTINCT ON (job, scope) id, job, scope, finished_at - started_at AS took, exit_code
    FROM job_run
    WHERE organizer_id = $1 AND state IN ('done', 'partial', 'failed')
    ORDER BY job, scope, finished_at DESC
)
SELECT b.job, b.scope, b.started_at, b.succeeded_at, (extract(epoch FROM e.took) * 1000000)::bigint AS took_us, e.exit_code,
       (SELECT count(*) FROM job_item i WHERE i.organizer_id = $1 AND i.run_id = e.id AND i.state = 'done') AS processed,
       (SELECT count(*) FROM job_item i WHERE i.organizer_id = $1 AND i.run_id = e.id AND i.state = 'dead') AS failed
FROM began b
LEFT JOIN ended e ON e.job = b.job AND e.scope = b.scope
ORDER BY b.job, b.scope
