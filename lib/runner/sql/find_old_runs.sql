-- At most $3 runs that ended well more than $2 seconds ago, by the database's clock. The newest of each job, scope and declaration stays:
-- what is due is counted from it. So do runs of which an item was ever given up, and those that say which files were seen.
SELECT r.id FROM job_run r
WHERE r.organizer_id = $1 AND r.state = 'done' AND r.exit_code = 0 AND r.job <> 'import-watch'
  AND r.finished_at < clock_timestamp() - make_interval(secs => $2)
  AND EXISTS (SELECT 1 FROM job_run n
      WHERE n.organizer_id = r.organizer_id AND n.job = r.job AND n.scope = r.scope AND n.declared = r.declared
        AND n.state = 'done' AND n.exit_code = 0 AND n.period_end > r.period_end)
  AND NOT EXISTS (SELECT 1 FROM lease l WHERE l.organizer_id = r.organizer_id AND l.run_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM job_item i WHERE i.organizer_id = r.organizer_id AND i.run_id = r.id AND i.state = 'dead')
LIMIT $3
