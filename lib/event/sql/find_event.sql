-- An event by name.
SELECT e.id, e.name, e.title, e.zone, e.currency_id, s.scale, e.oversell
FROM event e JOIN asset s ON s.organizer_id = e.organizer_id AND s.id = e.currency_id
WHERE e.organizer_id = $1 AND e.name = $2
