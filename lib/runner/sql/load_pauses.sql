-- What is paused: all; or of $2 job, where it is about one of $3 scopes.
SELECT job, scope, paused_by, reason, paused_at FROM job_pause
WHERE organizer_id = $1 AND ($2::text IS NULL OR (job = $2 AND scope = ANY ($3::text[])))
ORDER BY job, scope
