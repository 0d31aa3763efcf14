-- What a person decides about a dead item $3 of run $2 that nobody has decided about: $4 retried or discarded, $5 who, $6 why. No row:
-- there is none.
INSERT INTO job_verdict (organizer_id, run_id, key, round, verdict, decided_by, reason, decided_at)
SELECT $1, $2, i.key, i.round, $4, $5, $6, clock_timestamp()
FROM job_item i
WHERE i.organizer_id = $1 AND i.run_id = $2 AND i.key = $3 AND i.state = 'dead'
  AND NOT EXISTS (SELECT 1 FROM job_verdict v
      WHERE v.organizer_id = $1 AND v.run_id = $2 AND v.key = $3 AND v.round = i.round)
