-- Gives the event free, if it is still ours.
DELETE FROM sale_import_lease WHERE organizer_id = $1 AND event_id = $2 AND token = $3
