-- $2 an event: its event, how many lines were sold under it, and how many of them no settlement has seen.
SELECT e.name AS event, e.ends_at, count(l.id) AS sold, count(l.id) FILTER (WHERE s.line_id IS NULL) AS unsettled
FROM event e
LEFT JOIN sale_line l ON l.organizer_id = e.organizer_id AND l.event_id = e.id
LEFT JOIN settlement_line s ON s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.line_id = l.id
WHERE e.organizer_id = $1 AND e.id = $2
GROUP BY e.name, e.ends_at
