-- $2 a campaign, by its id: the event it is of.
SELECT e.id, e.name FROM campaign c JOIN event e ON e.organizer_id = c.organizer_id AND e.id = c.event_id
WHERE c.organizer_id = $1 AND c.id = $2
