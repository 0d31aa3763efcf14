-- Lines of block $3 (ids $4 to $5) that the book has as paid and the file as not paid (yet): an older file, or a payment that
-- was taken back; money must not stay sold in silence. Lines without a reference are counted against their order and tier.
WITH live AS MATERIALIZED (
    SELECT b.id, b.tier_id FROM passa_sale_state($1, $2, $4, $5) b
    WHERE b.tier_id IS NOT NULL AND (b.gross <> b.undone_gross OR b.quantity <> b.undone_quantity)
), unpaid AS MATERIALIZED (
    SELECT * FROM sale_staging WHERE block = $3 AND role = 'p' AND undo = 'pending'
), sold AS (
    SELECT l.source, l.order_ref, l.tier_id, count(*) AS lines
    FROM sale_line l JOIN live v ON v.id = l.id
    WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id BETWEEN $4 AND $5
    GROUP BY l.source, l.order_ref, l.tier_id
), told AS (
    SELECT source, order_ref, tier_id, count(DISTINCT id) AS lines FROM sale_staging
    WHERE block = $3 AND role IN ('s', 'u') GROUP BY source, order_ref, tier_id
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT p.block, p.source, p.order_ref, p.file_no, p.file_row, NULL, 'sale.unpaid_again',
       format('the book has order %s as paid, the file has it as not paid: an older file, or a payment that was taken back', p.order_ref)
FROM unpaid p
WHERE p.id IN (SELECT id FROM live)
   OR (p.id IS NULL AND EXISTS (
           SELECT 1 FROM sold o LEFT JOIN told t ON t.source = o.source AND t.order_ref = o.order_ref AND t.tier_id = o.tier_id
           WHERE o.source = p.source AND o.order_ref = p.order_ref AND (p.tier_id IS NULL OR o.tier_id = p.tier_id)
             AND o.lines > coalesce(t.lines, 0)))
