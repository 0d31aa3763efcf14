-- $1 organizer, $2 treasury: the highest number that any of its channels ever had; null: it never had one.
SELECT max(number) AS number FROM payout_channel WHERE organizer_id = $1 AND treasury_id = $2
