-- What the run has finished with, in the order it ended: what a person had tried again is not.
SELECT i.key, CASE WHEN v.verdict IS NULL THEN i.state ELSE v.verdict END AS state, i.tries, i.counts, i.error_code, i.error, i.ended_at,
       coalesce(v.decided_by, '') AS decided_by, coalesce(v.reason, '') AS reason
FROM job_item i
LEFT JOIN job_verdict v ON v.organizer_id = i.organizer_id AND v.run_id = i.run_id AND v.key = i.key AND v.round = i.round
WHERE i.organizer_id = $1 AND i.run_id = $2 AND v.verdict IS DISTINCT FROM 'retried'
ORDER BY i.ended_at, i.key
