-- $1 organizer, $2 treasury: whose payments to it are the organizer's own money.
SELECT unnest(funded_from) AS address FROM treasury WHERE organizer_id = $1 AND id = $2
