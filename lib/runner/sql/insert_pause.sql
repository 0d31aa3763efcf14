-- $2 job, $3 scope, $4 who, $5 why. No row: it is paused already.
INSERT INTO job_pause (organizer_id, job, scope, paused_by, reason, paused_at) VALUES ($1, $2, $3, $4, $5, clock_timestamp())
ON CONFLICT (organizer_id, job, scope) DO NOTHING
