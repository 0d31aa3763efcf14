-- $1 organizer, $2 settlement: its event.
SELECT event_id FROM settlement WHERE organizer_id = $1 AND id = $2
