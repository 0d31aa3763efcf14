-- Sales of this import that were not refused, undoings of sales that nobody ever saw (they are nothing), and rows that say
-- nothing about money and are refused with their orders all the same.
WITH accepted AS MATERIALIZED (
    SELECT s.role, s.whole, s.id FROM sale_staging s
    WHERE s.role IN ('s', 'u')
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = s.block AND r.source = s.source AND r.order_ref = s.order_ref)
), lone AS MATERIALIZED (
    SELECT u.id FROM accepted u
    WHERE u.role = 'u' AND u.whole AND NOT EXISTS (SELECT 1 FROM accepted s WHERE s.role = 's' AND s.id = u.id)
)
SELECT (SELECT count(*) FROM accepted WHERE role = 's') AS sales,
       (SELECT count(*) FROM lone u
        WHERE NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = u.id)) AS idle,
       (SELECT count(*) FROM sale_staging s WHERE s.role IN ('p', 'i', 'c')
          AND EXISTS (SELECT 1 FROM sale_refused_row r WHERE r.file_no = s.file_no AND r.file_row = s.file_row)) AS refused_idle
