-- $1 organizer, $2 payout: the batch it is in.
SELECT batch_id FROM payout WHERE organizer_id = $1 AND id = $2
