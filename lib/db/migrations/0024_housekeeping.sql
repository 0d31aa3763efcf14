-- The job housekeeping: what it keeps for how long, and where copies of the database go. What may be cleared away is said here, row by
-- row, whatever a program asks for: notices that were delivered and runs that ended well, a month after that by the database's clock.

ALTER TABLE job_declared
    ADD COLUMN keep_seconds bigint CHECK (keep_seconds >= 30 * 86400),
    ADD COLUMN copy_seconds bigint CHECK (copy_seconds > 0),
    ADD COLUMN copy_folder text,       -- NULL: a base copy, into the private database's archive
    ADD COLUMN copy_key text,          -- that opens the copies of copy_folder
    ADD COLUMN copies bigint CHECK (copies > 0), -- the newest stay; NULL: all of them
    ADD CHECK ((job = 'housekeeping') = (keep_seconds IS NOT NULL)),
    ADD CHECK (copy_seconds IS NULL OR keep_seconds IS NOT NULL),
    ADD CHECK ((copy_folder IS NULL) = (copy_key IS NULL)),
    ADD CHECK (copy_seconds IS NOT NULL OR (copy_folder IS NULL AND copies IS NULL));

DROP TRIGGER never_deleted ON notice_outbox;
CREATE TRIGGER never_deleted BEFORE TRUNCATE ON notice_outbox FOR EACH STATEMENT EXECUTE FUNCTION passa_refuse_change();
CREATE TRIGGER deleted_when_old BEFORE DELETE ON notice_outbox FOR EACH ROW
    WHEN (OLD.state <> 'sent' OR OLD.ended_at > clock_timestamp() - interval '30 days') EXECUTE FUNCTION passa_refuse_change();
GRANT DELETE ON notice_outbox TO passa_app;

-- Which files were imported or refused is told by the runs of import-watch.
DROP TRIGGER never_deleted ON job_run;
CREATE TRIGGER never_deleted BEFORE TRUNCATE ON job_run FOR EACH STATEMENT EXECUTE FUNCTION passa_refuse_change();
CREATE TRIGGER deleted_when_old BEFORE DELETE ON job_run FOR EACH ROW
    WHEN (OLD.state <> 'done' OR OLD.exit_code <> 0 OR OLD.job = 'import-watch' OR OLD.finished_at > clock_timestamp() - interval '30 days')
    EXECUTE FUNCTION passa_refuse_change();
GRANT DELETE ON job_run TO passa_app;

-- Only with their run: passa_app may not delete them by themselves. An item that was given up stays, and with it its run.
DROP TRIGGER append_only ON job_item;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON job_item FOR EACH STATEMENT EXECUTE FUNCTION passa_refuse_change();
CREATE TRIGGER deleted_when_old BEFORE DELETE ON job_item FOR EACH ROW
    WHEN (OLD.state <> 'done' OR OLD.ended_at > clock_timestamp() - interval '30 days') EXECUTE FUNCTION passa_refuse_change();
ALTER TABLE job_item DROP CONSTRAINT job_item_organizer_id_run_id_fkey;
ALTER TABLE job_item ADD FOREIGN KEY (organizer_id, run_id) REFERENCES job_run (organizer_id, id) ON DELETE CASCADE;
