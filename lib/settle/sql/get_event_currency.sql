-- The currency of an event.
SELECT e.currency_id, s.scale FROM event e JOIN asset s ON s.organizer_id = e.organizer_id AND s.id = e.currency_id
WHERE e.organizer_id = $1 AND e.id = $2
