-- $1 organizer, $2 unit, $3 host, $4 what it runs, $5 the declared job that it starts, or empty: once an hour, unless a run of that job
-- ended badly just now and has told it itself: systemd asks at once.
SELECT passa_notice($1, 'unit.failed', $4, format('unit %s %s %s', $2::text, $3::text, now()),
                    jsonb_build_object('unit', $2::text, 'host', $3::text, 'job', $4::text))
WHERE NOT EXISTS (SELECT 1 FROM job_run r
                  WHERE r.organizer_id = $1 AND r.declared = $5 AND $5 <> '' AND r.exit_code <> 0 AND r.finished_at > now() - interval '1 minute')
  AND NOT EXISTS (SELECT 1 FROM notice_outbox o
                  WHERE o.organizer_id = $1 AND o.kind = 'unit.failed' AND o.payload ->> 'unit' = $2 AND o.payload ->> 'host' = $3
                    AND o.created_at > now() - interval '1 hour')
