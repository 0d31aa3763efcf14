-- A treasury that never held money.
DELETE FROM treasury WHERE organizer_id = $1 AND id = $2
