-- Gives the work free, if it is still ours: $4 our number.
UPDATE lease SET until = NULL WHERE organizer_id = $1 AND work = $2 AND scope = $3 AND number = $4
