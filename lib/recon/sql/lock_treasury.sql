-- $1 organizer, $2 treasury: runs of one treasury take turns, and with them whoever closes one of its breaks by hand.
SELECT id FROM treasury WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE
