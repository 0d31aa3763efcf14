-- Lines of block $3 (ids $4 to $5) that the book has under another tier: the order was changed there. What a line became is a
-- line of its own, named after both, and whatever it was before is cancelled, its fees with it. Only where corrections are accepted
-- ($6); once the book has it so, it is known without them.
WITH told AS MATERIALIZED (
    SELECT s.file_no, s.file_row, s.role, l.id AS first_id, l.source, l.order_ref, l.line_ref, l.tier_id AS first_tier, l.quantity,
           s.tier_id, CASE WHEN s.tier_id <> l.tier_id THEN l.line_ref || ' ' || t.name ELSE l.line_ref END AS now_ref
    FROM sale_staging s
    JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.id BETWEEN $4 AND $5 AND l.seq = 0
    JOIN tier t ON t.organizer_id = $1 AND t.event_id = $2 AND t.id = s.tier_id
    WHERE s.block = $3 AND s.role IN ('s', 'u', 'p')
), became AS MATERIALIZED ( -- lines that others became: few
    SELECT l.id, l.source, l.order_ref, l.line_ref, l.tier_id, l.quantity, left(l.line_ref, -1 - length(t.name)) AS first_ref
    FROM sale_line l
    JOIN tier t ON t.organizer_id = $1 AND t.event_id = $2 AND t.id = l.tier_id AND right(l.line_ref, 1 + length(t.name)) = ' ' || t.name
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5 AND l.seq = 0
      AND NOT EXISTS (SELECT 1 FROM sale_staging s WHERE s.block = $3 AND s.role = 's' AND s.id = l.id) -- the file's own name
), moved AS MATERIALIZED (
    SELECT k.*, passa_line_id($2, source, order_ref, now_ref) AS now_id FROM told k WHERE k.tier_id <> k.first_tier
), known AS MATERIALIZED (
    SELECT * FROM moved m WHERE $6 OR EXISTS (SELECT 1 FROM became b WHERE b.id = m.now_id)
), renamed AS (
    UPDATE sale_staging s SET id = k.now_id, line_ref = k.now_ref
    FROM known k WHERE s.block = $3 AND s.role = k.role AND s.file_no = k.file_no AND s.file_row = k.file_row AND s.id = k.first_id
), was AS (
    SELECT file_no, file_row, first_id AS id, source, order_ref, line_ref, first_tier AS tier_id, quantity FROM known
    UNION ALL
    SELECT k.file_no, k.file_row, b.id, b.source, b.order_ref, b.line_ref, b.tier_id, b.quantity
    FROM became b
    JOIN told k ON k.source = b.source AND k.order_ref = b.order_ref AND k.line_ref = b.first_ref AND k.now_ref <> b.line_ref
    WHERE $6 OR 0 = (SELECT sum(l.quantity) FROM sale_line l
                     WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.sale_id = b.id
                       AND l.id BETWEEN passa_first_of_order(b.id) AND passa_last_of_order(b.id))
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, tier_id, quantity, undo, whole)
SELECT $3, 'u', min(file_no), min(file_row), id, source, order_ref, line_ref, tier_id, quantity, 'moved', true
FROM was GROUP BY id, source, order_ref, line_ref, tier_id, quantity
