-- $1 organizer, $2 policy version.
SELECT id, name, single_person FROM payout_policy WHERE organizer_id = $1 AND id = $2
