-- Order-level fees of block $3 (ids $4 to $5) over the lines of their order, in proportion to gross, by the rule of
-- money::allocate: largest remainder, ties to the earlier line, negative totals mirrored; lines that are all free share alike.
-- A fee row's tax goes to tax. $6: the buyer paid the fees beside the prices, so gross grows by them.
-- $7: the gateway keeps its fees, so lines that are gone still carry theirs, unless they became another line.
-- Of a known order only what its sold lines and its fee lines do not carry yet is spread, over its new lines. Where none is new, or
-- less is told than they carry (then in proportion to that), over the known ones: the money differs, and is judged like any other
-- difference.
WITH booked AS MATERIALIZED (
    SELECT l.source, l.order_ref, m.measure, sum(m.total) FILTER (WHERE NOT CASE WHEN $7 THEN is_moved ELSE is_gone END) AS live
    FROM sale_line l
    JOIN passa_known_lines($1, $2, $3, $4, $5) state ON state.id = l.sale_id
    CROSS JOIN LATERAL (VALUES ('platform', coalesce(l.share_platform, l.fee_platform)), ('payment', coalesce(l.share_payment, l.fee_payment)),
                               ('tax', coalesce(l.share_tax, CASE WHEN $6 THEN l.tax ELSE 0 END))) m (measure, total)
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5
      AND (l.share_platform IS NOT NULL OR (l.seq = 0 AND l.line_ref LIKE 'fee-left-%'))
    GROUP BY l.source, l.order_ref, m.measure
), told AS (
    SELECT source, order_ref, measure, sum(total) AS total
    FROM (SELECT source, order_ref, measure, total
          FROM sale_staging f
          CROSS JOIN LATERAL (VALUES (f.undo, f.gross - f.tax), ('tax', f.tax)) m (measure, total)
          WHERE f.block = $3 AND f.role = 'f'
          UNION ALL -- what has just become a line of its own
          SELECT source, order_ref, measure, -total
          FROM sale_staging o
          CROSS JOIN LATERAL (VALUES ('platform', o.fee_platform), ('payment', o.fee_payment), ('tax', o.tax)) m (measure, total)
          WHERE o.block = $3 AND o.role = 's' AND o.line_ref LIKE 'fee-left-%') part
    GROUP BY source, order_ref, measure
), open AS (
    SELECT source, order_ref, measure,
           coalesce(t.total, 0) - coalesce(b.live, 0) AS total
    FROM told t FULL JOIN booked b USING (source, order_ref, measure)
), fee AS (
    SELECT source, order_ref, measure, abs(total) AS total, sign(total) AS direction FROM open WHERE total <> 0
), line AS (
    SELECT id, source, order_ref, gross - CASE WHEN $6 THEN coalesce(share_platform + share_payment + share_tax, 0) ELSE 0 END AS price,
           row_number() OVER (PARTITION BY source, order_ref ORDER BY length(line_ref), line_ref, id) AS pos,
           share_platform, share_payment, share_tax,
           share_platform IS NULL AS is_new, bool_or(share_platform IS NULL) OVER whole_order AS has_new,
           bool_or(share_platform IS NOT NULL) OVER whole_order AS has_known
    FROM sale_staging WHERE block = $3 AND role = 's' AND tier_id IS NOT NULL
    WINDOW whole_order AS (PARTITION BY source, order_ref)
), bearer AS (
    SELECT f.*, l.id, l.pos, CASE WHEN sum(b.base) OVER w > 0 THEN b.base ELSE 1 END AS weight
    FROM fee f JOIN line l USING (source, order_ref)
    CROSS JOIN LATERAL (SELECT CASE WHEN f.direction > 0 OR NOT l.has_known THEN l.price WHEN f.measure = 'platform' THEN l.share_platform
                                    WHEN f.measure = 'payment' THEN l.share_payment ELSE l.share_tax END AS base) b
    WHERE CASE WHEN f.direction > 0 THEN l.is_new = l.has_new ELSE l.is_new <> l.has_known END
    WINDOW w AS (PARTITION BY source, order_ref, f.measure)
), floored AS (
    SELECT id, pos, source, order_ref, measure, total, direction,
           div(total * weight, sum(weight) OVER w) AS part, mod(total * weight, sum(weight) OVER w) AS remainder
    FROM bearer
    WINDOW w AS (PARTITION BY source, order_ref, measure)
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
SET gross = s.gross + CASE WHEN $6 THEN h.platform + h.payment + h.tax ELSE 0 END,
    tax = s.tax + CASE WHEN $6 THEN h.tax ELSE 0 END,
    fee_platform = s.fee_platform + h.platform + CASE WHEN $6 THEN 0 ELSE h.tax END,
    fee_payment = s.fee_payment + h.payment,
    share_platform = coalesce(s.share_platform, 0) + h.platform, share_payment = coalesce(s.share_payment, 0) + h.payment,
    share_tax = coalesce(s.share_tax, 0) + h.tax
FROM share h
WHERE s.block = $3 AND s.role = 's' AND s.id = h.id
