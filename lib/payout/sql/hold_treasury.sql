-- $1 organizer, $2 treasury: until this transaction ends, no reconciliation of it opens or closes a break.
SELECT id FROM treasury WHERE organizer_id = $1 AND id = $2 FOR SHARE
