-- How many rows of a watched file may be refused: with more of them nothing of the file is booked.
ALTER TABLE job_declared ADD COLUMN max_refused bigint, ADD CHECK (max_refused IS NULL OR (max_refused >= 0 AND folder IS NOT NULL));
