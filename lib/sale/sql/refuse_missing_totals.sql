-- Orders of block $1 whose lines tell prices alone, while nothing, or more than one row, tells what was paid for them. An order
-- that is undone as a whole needs no total, nor do free tickets.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $1, l.source, l.order_ref, l.file_no, l.file_row, NULL, 'sale.total_missing',
       CASE WHEN t.totals > 1 THEN format('the total of order %s is told %s times', l.order_ref, t.totals)
            ELSE format('the tickets of order %s tell prices alone, and nothing tells what was paid for it and given back', l.order_ref) END
FROM (SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row, sum(gross) AS gross
      FROM sale_staging WHERE block = $1 AND role = 's' GROUP BY source, order_ref) l
LEFT JOIN (SELECT source, order_ref, count(gross) AS totals, bool_or(undo IS NOT NULL) AS undone
           FROM sale_staging WHERE block = $1 AND role = 'o' GROUP BY source, order_ref) t USING (source, order_ref)
WHERE coalesce(t.totals, 0) > 1 OR (coalesce(t.totals, 0) = 0 AND NOT coalesce(t.undone, false) AND l.gross <> 0)
