-- The lines of block $1 up to the total of their order: what the buyer paid beside the prices, and the order's tax, go onto the
-- lines in proportion to gross, by the rule of money::allocate; lines that are all free share alike. Fees come out of gross then.
WITH line AS (
    SELECT id, source, order_ref, gross, CASE WHEN sum(gross) OVER whole_order > 0 THEN gross ELSE 1 END AS weight,
           sum(gross) OVER whole_order AS price,
           row_number() OVER (PARTITION BY source, order_ref ORDER BY length(line_ref), line_ref, id) AS pos
    FROM sale_staging WHERE block = $1 AND role = 's'
    WINDOW whole_order AS (PARTITION BY source, order_ref)
), part AS (
    SELECT l.id, l.pos, o.source, o.order_ref, m.measure, m.total, div(m.total * l.weight, sum(l.weight) OVER w) AS part,
           mod(m.total * l.weight, sum(l.weight) OVER w) AS remainder
    FROM line l
    JOIN sale_staging o ON o.block = $1 AND o.role = 'o' AND o.gross IS NOT NULL AND o.source = l.source AND o.order_ref = l.order_ref
    CROSS JOIN LATERAL (VALUES ('gross', o.gross - l.price), ('tax', o.tax)) m (measure, total)
    WHERE m.total > 0
    WINDOW w AS (PARTITION BY o.source, o.order_ref, m.measure)
), share AS (
    SELECT id, coalesce(sum(part) FILTER (WHERE measure = 'gross'), 0) AS gross, coalesce(sum(part) FILTER (WHERE measure = 'tax'), 0) AS tax
    FROM (SELECT id, measure, part + CASE WHEN row_number() OVER (w ORDER BY remainder DESC, pos) <= total - sum(part) OVER w
                                          THEN 1 ELSE 0 END AS part
          FROM part WINDOW w AS (PARTITION BY source, order_ref, measure)) parts
    GROUP BY id
)
UPDATE sale_staging s SET gross = s.gross + h.gross, tax = s.tax + h.tax
FROM share h WHERE s.block = $1 AND s.role = 's' AND s.id = h.id
