-- Payouts that are not finished: to party $2, from treasury $3, under a policy named $4, converted by a rate named $5.
SELECT count(*) AS payouts
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
WHERE p.organizer_id = $1 AND b.state <> 'cancelled'
  AND p.state NOT IN ('settled', 'failed', 'returned', 'cancelled')
  AND (p.party_id = $2 OR b.treasury_id = $3
       OR b.policy_id IN (SELECT id FROM payout_policy WHERE organizer_id = $1 AND name = $4)
       OR p.exchange_rate_id IN (SELECT id FROM exchange_rate WHERE organizer_id = $1 AND name = $5))
