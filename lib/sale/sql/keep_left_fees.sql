-- Order-level fees that stand although lines which carried a part of them are gone: where block $3 (ids $4 to $5) tells more
-- fees of an order than its sold lines carry, and no line is new, the rest (at most
-- what the gone ones carried) becomes a line of its own, 'fee-left-1' and so on;
-- where it tells less than those lines of its own hold, they are cancelled and made anew. $6: the buyer paid the fees beside
-- the prices, $7: the time for fees without one.
WITH state AS MATERIALIZED (
    SELECT id, is_gone FROM passa_known_lines($1, $2, $3, $4, $5)
), booked AS (
    SELECT l.source, l.order_ref, sum(l.share_platform) FILTER (WHERE NOT s.is_gone) AS platform,
           sum(l.share_payment) FILTER (WHERE NOT s.is_gone) AS payment, sum(l.share_tax) FILTER (WHERE NOT s.is_gone) AS tax,
           sum(l.share_platform + l.share_payment + l.share_tax) FILTER (WHERE s.is_gone) AS lost
    FROM sale_line l JOIN state s ON s.id = l.sale_id
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.share_platform IS NOT NULL
    GROUP BY l.source, l.order_ref HAVING bool_or(s.is_gone)
), own AS MATERIALIZED (
    SELECT l.id, l.source, l.order_ref, l.line_ref, s.is_gone, l.fee_platform AS platform,
           l.fee_payment AS payment, CASE WHEN $6 THEN l.tax ELSE 0 END AS tax
    FROM sale_line l JOIN state s ON s.id = l.id
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.seq = 0 AND l.line_ref LIKE 'fee-left-%'
), held AS (
    SELECT source, order_ref, count(*) AS lines, coalesce(sum(platform) FILTER (WHERE NOT is_gone), 0) AS platform,
           coalesce(sum(payment) FILTER (WHERE NOT is_gone), 0) AS payment, coalesce(sum(tax) FILTER (WHERE NOT is_gone), 0) AS tax
    FROM own GROUP BY source, order_ref
), told AS (
    SELECT source, order_ref, coalesce(sum(gross - tax) FILTER (WHERE undo = 'platform'), 0) AS platform,
           coalesce(sum(gross - tax) FILTER (WHERE undo = 'payment'), 0) AS payment, sum(tax) AS tax,
           min(at) AS at, min(file_no) AS file_no, min(file_row) AS file_row
    FROM sale_staging WHERE block = $3 AND role = 'f' GROUP BY source, order_ref
), open AS (
    SELECT t.source, t.order_ref, t.at, t.file_no, t.file_row, coalesce(h.lines, 0) AS lines,
           t.platform - coalesce(b.platform, 0) AS platform, t.payment - coalesce(b.payment, 0) AS payment,
           t.tax - coalesce(b.tax, 0) AS tax, coalesce(h.platform, 0) AS held_platform, coalesce(h.payment, 0) AS held_payment,
           coalesce(h.tax, 0) AS held_tax, b.lost
    FROM told t JOIN booked b USING (source, order_ref) LEFT JOIN held h USING (source, order_ref)
    WHERE EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role = 's' AND s.source = t.source AND s.order_ref = t.order_ref)
      AND NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role = 's' AND s.tier_id IS NOT NULL
                      AND s.share_platform IS NULL AND s.source = t.source AND s.order_ref = t.order_ref)
), judged AS (
    SELECT *, held_platform > platform OR held_payment > payment OR held_tax > tax AS is_less FROM open
    WHERE platform >= 0 AND payment >= 0 AND tax >= 0 AND platform + payment + tax <= lost
), gone AS (
    INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, undo, whole)
    SELECT $3, 'u', j.file_no, j.file_row, o.id, o.source, o.order_ref, o.line_ref, 0, 'cancellation', true
    FROM judged j JOIN own o USING (source, order_ref) WHERE j.is_less AND NOT o.is_gone
), rest AS (
    SELECT source, order_ref, at, file_no, file_row, lines, platform - CASE WHEN is_less THEN 0 ELSE held_platform END AS platform,
           payment - CASE WHEN is_less THEN 0 ELSE held_payment END AS payment,
           tax - CASE WHEN is_less THEN 0 ELSE held_tax END AS tax
    FROM judged
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, gross, discount, tax,
    fee_platform, fee_payment, at)
SELECT $3, 's', file_no, file_row, passa_line_id($2, source, order_ref, 'fee-left-' || lines + 1), source, order_ref,
       'fee-left-' || lines + 1, 0, CASE WHEN $6 THEN platform + payment + tax ELSE 0 END, 0, CASE WHEN $6 THEN tax ELSE 0 END,
       platform + CASE WHEN $6 THEN 0 ELSE tax END, payment, coalesce(at, $7)
FROM rest WHERE platform + payment + tax > 0
