-- The first $3 declared jobs and as many others that somebody works on now: what of their schedule is over and not done at $2, what comes,
-- who holds the lease, and the newest run.
WITH listed AS (
    (SELECT d.name, d.job, d.scope, true AS is_declared, p.last_end, p.next_end, d.since
     FROM job_declared d
     JOIN organizer o ON o.id = d.organizer_id
     CROSS JOIN LATERAL (SELECT make_interval(mins => CASE WHEN d.every_minutes > 0 THEN 2 * d.every_minutes ELSE 9 * 1440 END) AS span) w
     CROSS JOIN LATERAL (
         SELECT max(q.period_end) FILTER (WHERE q.period_end <= $2::timestamptz) AS last_end,
                min(q.period_end) FILTER (WHERE q.period_end > $2::timestamptz) AS next_end
         FROM passa_job_periods(d, o.zone, $2::timestamptz - w.span, $2::timestamptz + w.span) q) p
     WHERE d.organizer_id = $1
     ORDER BY d.name
     LIMIT $3)
    UNION ALL
    (SELECT l.work, l.work, l.scope, false, NULL, NULL, NULL
     FROM lease l
     WHERE l.organizer_id = $1 AND l.run_id IS NOT NULL AND l.until > clock_timestamp() AND passa_lease_lives(l)
       AND NOT EXISTS (SELECT 1 FROM job_declared d WHERE d.organizer_id = l.organizer_id AND d.job = l.work AND d.scope = l.scope)
     ORDER BY l.work, l.scope
     LIMIT $3)
)
SELECT j.name, j.job, j.scope, j.is_declared, j.next_end,
       CASE WHEN j.last_end > j.since AND NOT EXISTS (
           SELECT 1 FROM job_run r
           WHERE r.organizer_id = $1 AND r.job = j.job AND r.scope = j.scope AND r.period_end = j.last_end AND r.period_start < r.period_end
             AND r.period_start > j.last_end - interval '9 days' AND r.state IN ('done', 'partial', 'skipped')) THEN j.last_end END AS due_since,
       EXISTS (SELECT 1 FROM job_pause p WHERE p.organizer_id = $1 AND p.job = j.job AND p.scope IN ('', j.scope)) AS is_paused,
       coalesce((SELECT l.owner FROM lease l WHERE l.organizer_id = $1 AND l.work = j.job AND l.scope = j.scope AND passa_lease_lives(l)), '') AS worker,
       coalesce(n.state, '') AS last_state, n.exit_code AS last_exit, coalesce(n.finished_at, n.started_at) AS last_at, coalesce(n.error, '') AS last_error
FROM listed j
LEFT JOIN LATERAL (
    SELECT r.state, r.exit_code, r.started_at, r.finished_at, r.error FROM job_run r
    WHERE r.organizer_id = $1 AND r.job = j.job AND r.scope = j.scope AND r.state <> 'skipped'
    ORDER BY r.period_start DESC, r.period_end DESC
    LIMIT 1) n ON true
ORDER BY j.is_declared DESC, j.name, j.scope
