-- $1 organizer: plans and reservations of one organizer take turns, so that limits and balances are counted once.
SELECT id FROM organizer WHERE id = $1 FOR NO KEY UPDATE
