-- For $2 pairs of job and scope, those that are declared and then those that began last: the newest beginning, the newest good end, the
-- newest end with its items; of declared ones since when they are, and how long a period is. Of each pair the newest run alone is read, by
-- job_run_newest, job_run_ended and job_run_succeeded: what ran in the years before costs a scrape nothing.
WITH RECURSIVE ran AS (
    (SELECT job, scope, started_at FROM job_run
     WHERE organizer_id = $1 AND state <> 'skipped'
     ORDER BY job DESC, scope DESC, started_at DESC LIMIT 1)
    UNION ALL
    SELECT n.job, n.scope, n.started_at
    FROM ran r
    CROSS JOIN LATERAL (SELECT job, scope, started_at FROM job_run
                        WHERE organizer_id = $1 AND state <> 'skipped' AND (job, scope) < (r.job, r.scope)
                        ORDER BY job DESC, scope DESC, started_at DESC LIMIT 1) n
), began AS (
    SELECT coalesce(d.job, r.job) AS job, coalesce(d.scope, r.scope) AS scope, r.started_at, d.since AS declared_at,
           CASE WHEN d.every_minutes > 0 THEN d.every_minutes * 60 WHEN d.weekday > 0 THEN 7 * 86400 WHEN d.id IS NOT NULL THEN 86400 END AS period_seconds
    FROM ran r
    FULL JOIN (SELECT * FROM job_declared WHERE organizer_id = $1) d ON d.job = r.job AND d.scope = r.scope
    ORDER BY d.id IS NULL, r.started_at DESC NULLS LAST
    LIMIT $2
)
SELECT b.job, b.scope, b.started_at, s.succeeded_at, b.declared_at, b.period_seconds::bigint AS period_seconds, (extract(epoch FROM e.took) * 1000000)::bigint AS took_us, e.exit_code,
       EXISTS (SELECT 1 FROM job_circuit c WHERE c.organizer_id = $1 AND c.job = b.job AND c.scope = b.scope AND c.open_until IS NOT NULL) AS has_open_circuit,
       (SELECT count(*) FROM job_item i WHERE i.organizer_id = $1 AND i.run_id = e.id AND i.state = 'done') AS processed,
       (SELECT count(*) FROM job_item i WHERE i.organizer_id = $1 AND i.run_id = e.id AND i.state = 'dead') AS failed
FROM began b
LEFT JOIN LATERAL (SELECT id, finished_at - started_at AS took, exit_code FROM job_run r
                   WHERE r.organizer_id = $1 AND r.job = b.job AND r.scope = b.scope AND r.state IN ('done', 'partial', 'failed')
                   ORDER BY finished_at DESC LIMIT 1) e ON true
LEFT JOIN LATERAL (SELECT finished_at AS succeeded_at FROM job_run r
                   WHERE r.organizer_id = $1 AND r.job = b.job AND r.scope = b.scope AND r.state = 'done' AND r.exit_code = 0
                   ORDER BY finished_at DESC LIMIT 1) s ON true
ORDER BY b.job, b.scope
