-- $1 organizer, $2 treasury: runs of one treasury take turns.
SELECT id FROM treasury WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE
