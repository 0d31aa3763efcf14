-- $1 organizer, $2 batch, $3 state, $4 how many: payouts in that state.
SELECT id FROM payout WHERE organizer_id = $1 AND batch_id = $2 AND state = $3 ORDER BY pos LIMIT $4
