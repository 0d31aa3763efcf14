-- Whether the run has finished with item $3: what a person had tried again is not.
SELECT 1 FROM job_item i
WHERE i.organizer_id = $1 AND i.run_id = $2 AND i.key = $3
  AND NOT EXISTS (SELECT 1 FROM job_verdict v
      WHERE v.organizer_id = $1 AND v.run_id = $2 AND v.key = $3 AND v.round = i.round AND v.verdict = 'retried')
