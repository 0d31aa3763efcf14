-- An event's currency and whether anything was sold.
SELECT e.currency_id, EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = e.organizer_id AND l.event_id = e.id) AS has_sales
FROM event e WHERE e.organizer_id = $1 AND e.id = $2
