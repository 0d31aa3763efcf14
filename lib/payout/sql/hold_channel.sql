-- $1 organizer, $2 treasury, $3 address: until this transaction ends the channel stays open. No row: it is not, or there is none.
SELECT id FROM payout_channel WHERE organizer_id = $1 AND treasury_id = $2 AND address = $3 AND state = 'open' FOR SHARE
