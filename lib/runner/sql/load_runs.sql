-- The newest $4 runs, newest first; of job $2, of run $3, of the declared job $5, where given.
SELECT r.id, r.job, r.scope, r.period_start, r.period_end, r.state, r.attempts, r.planned, r.inputs_hash, r.exit_code, r.error_code,
       r.error, r.asked_by, r.declared, r.skipped_by, r.skip_reason, r.worker, r.code_version, r.started_at, r.finished_at,
       r.state = 'running' AND coalesce(l.run_id = r.id AND passa_lease_lives(l), false) AS is_held,
       (SELECT coalesce(jsonb_object_agg(word, total), '{}') FROM (
            SELECT c.key AS word, sum(c.value::bigint) AS total
            FROM job_item i CROSS JOIN LATERAL jsonb_each_text(i.counts) c
            WHERE i.organizer_id = r.organizer_id AND i.run_id = r.id
            GROUP BY c.key) counted) AS counts
FROM job_run r
LEFT JOIN lease l ON l.organizer_id = r.organizer_id AND l.work = r.job AND l.scope = r.scope
WHERE r.organizer_id = $1 AND ($2::text IS NULL OR r.job = $2) AND ($3::uuid IS NULL OR r.id = $3) AND ($5::text IS NULL OR r.declared = $5)
ORDER BY r.started_at DESC, r.id DESC
LIMIT $4
