-- Items that were given up and about which nobody has decided, newest first; of job $2, where given; at most $3.
SELECT r.id AS run_id, r.job, r.scope, i.key, i.tries, i.error_code, i.error, i.ended_at
FROM job_item i
JOIN job_run r ON r.organizer_id = i.organizer_id AND r.id = i.run_id
WHERE i.organizer_id = $1 AND i.state = 'dead' AND ($2::text IS NULL OR r.job = $2)
  AND NOT EXISTS (SELECT 1 FROM job_verdict v
      WHERE v.organizer_id = i.organizer_id AND v.run_id = i.run_id AND v.key = i.key AND v.round = i.round)
ORDER BY i.ended_at DESC, i.key
LIMIT $3
