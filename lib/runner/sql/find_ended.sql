-- Which of $4 keys any run of $2 job and $3 scope has finished with; what a person had tried again is not.
SELECT DISTINCT i.key FROM job_item i
JOIN job_run r ON r.organizer_id = i.organizer_id AND r.id = i.run_id
WHERE i.organizer_id = $1 AND i.key = ANY ($4::text[]) AND r.job = $2 AND r.scope = $3
  AND NOT EXISTS (SELECT 1 FROM job_verdict v
      WHERE v.organizer_id = i.organizer_id AND v.run_id = i.run_id AND v.key = i.key AND v.round = i.round AND v.verdict = 'retried')
