-- A network that no treasury is on.
DELETE FROM network WHERE organizer_id = $1 AND name = $2
