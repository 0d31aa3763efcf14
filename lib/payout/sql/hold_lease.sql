-- Checked first in every money transaction of a sender: no row means the lease is lost, and nothing may be written. The key
-- share lock makes a taker wait until this transaction is over.
SELECT 1 AS held FROM payout_batch
WHERE organizer_id = $1 AND id = $2 AND lease_token = $3 AND lease_until > clock_timestamp()
FOR KEY SHARE
