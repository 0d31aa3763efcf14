-- What payouts must remember to be made again, netted and judged.

-- The line of the payment file: a second batch of the same file pays only lines that are not paid or on their way.
ALTER TABLE payout ADD COLUMN file_line integer;
CREATE INDEX payout_batch_file ON payout_batch (organizer_id, file_sha256) WHERE file_sha256 IS NOT NULL;
