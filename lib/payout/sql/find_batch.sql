-- $1 organizer, $2 batch: with what its policy says of it, and how many must agree to what it comes to.
SELECT b.event_id, e.name AS event_name, b.settlement_id, b.treasury_id, b.policy_id, b.state, b.key, b.sha256, b.made_by, b.made_os_user,
       b.made_at, pol.single_person, pol.approval_valid_seconds, pol.approvers,
       coalesce((SELECT max(t.persons)
                 FROM payout_approval_tier t
                 WHERE t.organizer_id = $1 AND t.policy_id = b.policy_id
                   AND t.from_minor <= (SELECT sum(p.amount_minor) FROM payout p
                                        WHERE p.organizer_id = $1 AND p.batch_id = $2 AND p.asset_id = t.asset_id)), 1)::bigint AS persons
FROM payout_batch b
JOIN payout_policy pol ON pol.organizer_id = b.organizer_id AND pol.id = b.policy_id
LEFT JOIN event e ON e.organizer_id = b.organizer_id AND e.id = b.event_id
WHERE b.organizer_id = $1 AND b.id = $2
