-- Order-level fees of block $3 (ids $4 to $5) whose order is no sale here nor in the book: what an account paid for something else.
UPDATE sale_staging f SET role = 'd'
WHERE f.block = $3 AND f.role = 'f'
  AND NOT EXISTS (SELECT 1 FROM sale_staging s
                  WHERE s.block = $3 AND s.role IN ('s', 'x', 'p') AND s.source = f.source AND s.order_ref = f.order_ref)
  AND NOT EXISTS (SELECT 1 FROM sale_line l
                  WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.source = f.source AND l.order_ref = f.order_ref)
