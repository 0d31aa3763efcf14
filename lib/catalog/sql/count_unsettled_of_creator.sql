-- $2 a creator: per event, the sale lines credited to them that no settlement has seen.
SELECT e.name AS event, count(*) AS lines
FROM sale_line l
JOIN event e ON e.organizer_id = l.organizer_id AND e.id = l.event_id
WHERE l.organizer_id = $1 AND l.creator_id = $2
  AND NOT EXISTS (SELECT 1 FROM settlement_line s WHERE s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.line_id = l.id)
GROUP BY e.name
ORDER BY e.name
