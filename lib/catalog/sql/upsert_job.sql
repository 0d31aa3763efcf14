-- $4 job, $5 scope, $6 schedule as written, $7 to $9 its parts, $10 now, $11 seconds, $12 periods, $13 network, $14 to $16 what is watched, $17 to $21
-- what is kept and copied, $22 the rate, $23 how many rows of a watched file may be refused. Periods count from now when the schedule is
-- another one.
INSERT INTO job_declared (organizer_id, id, name, job, scope, schedule, every_minutes, minute_of_day, weekday, since, timeout_seconds, max_catchup,
    network, folder, profile, quiet_seconds, keep_seconds, copy_seconds, copy_folder, copy_key, copies, items_per_minute, max_refused)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
ON CONFLICT (organizer_id, id) DO UPDATE
SET job = excluded.job, scope = excluded.scope, schedule = excluded.schedule, every_minutes = excluded.every_minutes,
    minute_of_day = excluded.minute_of_day, weekday = excluded.weekday, timeout_seconds = excluded.timeout_seconds,
    max_catchup = excluded.max_catchup, network = excluded.network,
    folder = excluded.folder, profile = excluded.profile, quiet_seconds = excluded.quiet_seconds,
    keep_seconds = excluded.keep_seconds, copy_seconds = excluded.copy_seconds, copy_folder = excluded.copy_folder,
    copy_key = excluded.copy_key, copies = excluded.copies, items_per_minute = excluded.items_per_minute, max_refused = excluded.max_refused,
    since = CASE WHEN (job_declared.job, job_declared.scope, job_declared.schedule) = (excluded.job, excluded.scope, excluded.schedule)
                 THEN job_declared.since ELSE excluded.since END
