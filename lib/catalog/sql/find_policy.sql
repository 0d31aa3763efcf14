-- $1 organizer, $2 name: whether the policy has a version.
SELECT 1 AS known FROM payout_policy WHERE organizer_id = $1 AND name = $2 LIMIT 1
