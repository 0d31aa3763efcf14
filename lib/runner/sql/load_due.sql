-- Periods of the declared job $2 that ended by $3 and whose runs are not ended, oldest first, at most $4. It does them in their order,
-- so nothing is due before the newest that it has ended itself; what a person ran or skipped out of order is left out one by one.
SELECT p.period_start, p.period_end
FROM job_declared d
JOIN organizer o ON o.id = d.organizer_id
CROSS JOIN LATERAL (
    SELECT greatest(d.since, max(r.period_end)) AS after FROM job_run r
    WHERE r.organizer_id = d.organizer_id AND r.job = d.job AND r.scope = d.scope AND r.declared = d.name AND r.state IN ('done', 'partial')) done
CROSS JOIN LATERAL passa_job_periods(d, o.zone, done.after, $3) p
WHERE d.organizer_id = $1 AND d.name = $2
  AND NOT EXISTS (
      SELECT 1 FROM job_run r
      WHERE r.organizer_id = d.organizer_id AND r.job = d.job AND r.scope = d.scope
        AND r.period_start = p.period_start AND r.period_end = p.period_end AND r.state IN ('done', 'partial', 'skipped'))
ORDER BY p.period_end
LIMIT $4
