-- $1 organizer, $2 batch, $3 instant: payouts not sent yet that were converted at an exchange rate which is not in force then.
SELECT count(*) AS payouts
FROM payout p
WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.state IN ('planned', 'ready', 'reserved') AND p.exchange_rate_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM passa_rates_in_force($1, $3) r WHERE r.id = p.exchange_rate_id)
