-- The newest run of each job and scope that began, ended, ended well: what a scrape of the metrics asks for, every few seconds for years.
CREATE INDEX job_run_newest ON job_run (organizer_id, job, scope, started_at) WHERE state <> 'skipped';
CREATE INDEX job_run_ended ON job_run (organizer_id, job, scope, finished_at) WHERE state IN ('done', 'partial', 'failed');
CREATE INDEX job_run_succeeded ON job_run (organizer_id, job, scope, finished_at) WHERE state = 'done' AND exit_code = 0;
