-- $1 organizer, $2 line: the event it belongs to.
SELECT event_id FROM sale_line WHERE organizer_id = $1 AND id = $2
