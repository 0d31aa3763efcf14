-- Checked before anything is written in every transaction of an import: no row means the lease is lost and nothing may be written.
-- The share lock makes a taker wait until this transaction is over.
SELECT 1 AS held FROM sale_import_lease WHERE organizer_id = $1 AND event_id = $2 AND token = $3 FOR SHARE
