-- Declared jobs by name, or the one named $2; $3 now. next_at: when the coming period ends.
SELECT d.name, d.job, d.scope, d.schedule, o.zone, d.timeout_seconds, d.max_catchup, d.network, d.folder, d.profile, d.quiet_seconds, d.max_refused,
       d.keep_seconds, d.copy_seconds, d.copy_folder, d.copy_key, d.copies, d.items_per_minute, n.period_end AS next_at
FROM job_declared d
JOIN organizer o ON o.id = d.organizer_id
CROSS JOIN LATERAL (SELECT min(p.period_end) AS period_end FROM passa_job_periods(d, o.zone, $3, $3::timestamptz + interval '9 days') p) n
WHERE d.organizer_id = $1 AND ($2::text IS NULL OR d.name = $2)
ORDER BY d.name
