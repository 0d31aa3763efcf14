-- Settlements of one event take turns here; sales go on.
SELECT 1 AS locked FROM event WHERE organizer_id = $1 AND id = $2 FOR NO KEY UPDATE
