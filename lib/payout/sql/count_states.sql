-- $1 organizer, $2 batch: how many payouts are in each state.
SELECT state, count(*) AS payouts FROM payout WHERE organizer_id = $1 AND batch_id = $2 GROUP BY state ORDER BY state
