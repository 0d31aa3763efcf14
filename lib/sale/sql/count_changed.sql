-- Sales of this import's files that the book had before, and to which import $3 added a refund or another change.
SELECT count(*) AS sales FROM sale_staging s
WHERE s.role = 's'
  AND EXISTS (SELECT 1 FROM sale_line k WHERE k.organizer_id = $1 AND k.event_id = $2 AND k.sale_id = s.id AND k.seq > 0 AND k.import_id = $3)
  AND NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.import_id = $3)
