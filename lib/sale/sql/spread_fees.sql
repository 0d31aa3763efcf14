-- Order-level fees of block $1 over the lines of their order, in proportion to gross, by the rule of money::allocate:
-- largest remainder, ties to the earlier line, negative totals mirrored; lines that are all free share alike. A fee row's
-- tax goes to tax. $2: the buyer paid the fees beside the prices, so gross grows by them.
WITH fee AS (
    SELECT source, order_ref, measure, abs(sum(total)) AS total, sign(sum(total)) AS direction
    FROM sale_staging f
    CROSS JOIN LATERAL (VALUES (f.undo, f.gross - f.tax), ('tax', f.tax)) m (measure, total)
    WHERE f.block = $1 AND f.role = 'f'
    GROUP BY source, order_ref, measure HAVING sum(total) <> 0
), line AS (
    SELECT id, source, order_ref,
           CASE WHEN sum(gross) OVER whole_order > 0 THEN gross ELSE 1 END AS weight,
           row_number() OVER (PARTITION BY source, order_ref ORDER BY length(line_ref), line_ref, id) AS pos
    FROM sale_staging WHERE block = $1 AND role = 's'
    WINDOW whole_order AS (PARTITION BY source, order_ref)
), floored AS (
    SELECT l.id, l.pos, f.source, f.order_ref, f.measure, f.total, f.direction,
           div(f.total * l.weight, sum(l.weight) OVER w) AS part,
           mod(f.total * l.weight, sum(l.weight) OVER w) AS remainder
    FROM fee f JOIN line l ON l.source = f.source AND l.order_ref = f.order_ref
    WINDOW w AS (PARTITION BY f.source, f.order_ref, f.measure)
), parts AS (
    SELECT id, measure, direction * (part + CASE WHEN row_number() OVER (w ORDER BY remainder DESC, pos) <= total - sum(part) OVER w
                                                 THEN 1 ELSE 0 END) AS part
    FROM floored WINDOW w AS (PARTITION BY source, order_ref, measure)
), share AS (
    SELECT id, coalesce(sum(part) FILTER (WHERE measure = 'platform'), 0) AS platform,
           coalesce(sum(part) FILTER (WHERE measure = 'payment'), 0) AS payment,
           coalesce(sum(part) FILTER (WHERE measure = 'tax'), 0) AS tax
    FROM parts GROUP BY id
)
UPDATE sale_staging s
SET gross = s.gross + CASE WHEN $2 THEN h.platform + h.payment + h.tax ELSE 0 END,
    tax = s.tax + CASE WHEN $2 THEN h.tax ELSE 0 END,
    fee_platform = s.fee_platform + h.platform + CASE WHEN $2 THEN 0 ELSE h.tax END,
    fee_payment = s.fee_payment + h.payment
FROM share h
WHERE s.block = $1 AND s.role = 's' AND s.id = h.id
