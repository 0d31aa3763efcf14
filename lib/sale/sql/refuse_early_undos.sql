-- Undoings of block $3 (ids $4 to $5) that are dated before the day of their sale, in the time zone $6 of the file: a wrong
-- date, mostly day and month taken for each other. On the same day one clock may be coarser than the other.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, u.source, u.order_ref, u.file_no, u.file_row, NULL, 'sale.refund_before_sale',
       format('line %s of order %s was given back on %s, and sold only on %s', u.line_ref, u.order_ref, (u.at AT TIME ZONE $6)::date, (sold.at AT TIME ZONE $6)::date)
FROM sale_staging u
JOIN (SELECT id, min(at) AS at
      FROM (SELECT id, at FROM sale_staging WHERE block = $3 AND role = 's'
            UNION ALL
            SELECT id, occurred_at FROM sale_line
            WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND seq = 0) known
      GROUP BY id) sold ON sold.id = u.id
WHERE u.block = $3 AND u.role IN ('u', 'r') AND (u.at AT TIME ZONE $6)::date < (sold.at AT TIME ZONE $6)::date
