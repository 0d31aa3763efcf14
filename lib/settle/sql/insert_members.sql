-- Every line before $4 that no settlement has is this settlement's.
INSERT INTO settlement_line (organizer_id, event_id, line_id, settlement_id)
SELECT $1, $2, l.id, $3
FROM sale_line l
WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.occurred_at < $4
  AND NOT EXISTS (SELECT 1 FROM settlement_line s WHERE s.organizer_id = $1 AND s.event_id = $2 AND s.line_id = l.id)
