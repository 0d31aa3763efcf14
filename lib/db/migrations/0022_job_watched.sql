-- A folder that is watched for exports of one event: where it lies, by which profile its files are read, and how long nothing of a file
-- may have changed before it is taken.
ALTER TABLE job_declared
    ADD COLUMN folder text,
    ADD COLUMN profile text,
    ADD COLUMN quiet_seconds bigint CHECK (quiet_seconds >= 0),
    ADD CHECK ((job = 'import-watch') = (folder IS NOT NULL) AND (folder IS NULL) = (profile IS NULL) AND (folder IS NULL) = (quiet_seconds IS NULL)),
    ADD CHECK (folder IS NULL OR scope <> '');

-- Whether any run has finished with an item: a file is told by its key.
CREATE INDEX job_item_key ON job_item (organizer_id, key);
