-- $2 a split plan, by its id: the event it is of.
SELECT e.id, e.name FROM split_plan p JOIN event e ON e.organizer_id = p.organizer_id AND e.id = p.event_id
WHERE p.organizer_id = $1 AND p.id = $2
