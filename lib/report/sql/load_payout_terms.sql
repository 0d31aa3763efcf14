-- $1 organizer, $2 payout: the policy of its batch and the exchange rate version it was converted at; whether that was the one in
-- force when the batch was made.
SELECT p.batch_id, p.pos, coalesce(e.name, '') AS event, pol.name AS policy, pol.version AS policy_version, pol.single_person,
       x.name AS rate_name, x.version AS rate_version, x.mantissa, x.decimals, x.source AS rate_source, x.effective_from AS rate_from,
       p.exchange_rate_id IS NULL OR
       EXISTS (SELECT 1 FROM passa_rates_in_force($1, b.made_at) r WHERE r.id = p.exchange_rate_id) AS rate_follows
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
JOIN payout_policy pol ON pol.organizer_id = b.organizer_id AND pol.id = b.policy_id
LEFT JOIN event e ON e.organizer_id = p.organizer_id AND e.id = p.event_id
LEFT JOIN exchange_rate x ON x.organizer_id = p.organizer_id AND x.id = p.exchange_rate_id
WHERE p.organizer_id = $1 AND p.id = $2
