-- $1 organizer, $2 payout: the batch it is in, and its place there.
SELECT batch_id, pos FROM payout WHERE organizer_id = $1 AND id = $2
