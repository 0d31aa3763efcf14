-- Orders that do not fit: per tier in the order of sale, first come, first served; an order too large for what is left leaves
-- it to those behind it. Tickets that this import gives back count as free. $3: known lines may be corrected, and what their
-- quantities grow by must fit too. An order of several tiers that one of them has no room for keeps its place in the others, so
-- that an order behind it may be refused although it would fit: an import of the rejected rows without the former takes that one.
WITH gate AS (
    SELECT t.id AS tier_id, t.name, t.capacity, t.capacity - coalesce(c.sold, 0) AS free
    FROM tier t
    LEFT JOIN tier_sold c ON c.organizer_id = t.organizer_id AND c.event_id = t.event_id AND c.tier_id = t.id
    WHERE t.organizer_id = $1 AND t.event_id = $2 AND t.capacity IS NOT NULL
), undone AS MATERIALIZED (
    SELECT u.id FROM sale_staging u
    WHERE u.role = 'u' AND u.whole AND u.id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = u.block AND r.source = u.source AND r.order_ref = u.order_ref)
), known AS MATERIALIZED (
    SELECT id FROM undone
    UNION
    SELECT s.id FROM sale_staging s
    WHERE $3 AND s.role = 's' AND s.undo IS DISTINCT FROM 'remaining' AND s.tier_id IN (SELECT tier_id FROM gate)
), book AS MATERIALIZED (
    SELECT l.sale_id AS id, (array_agg(l.tier_id ORDER BY l.seq))[1] AS tier_id, sum(l.quantity) AS held,
           sum(l.quantity) FILTER (WHERE l.kind NOT IN ('refund', 'cancellation', 'chargeback')) AS sold
    FROM known k
    JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.sale_id = k.id
        AND l.id BETWEEN passa_first_of_order(k.id) AND passa_last_of_order(k.id)
    GROUP BY l.sale_id
), freed AS (
    SELECT tier_id, sum(held) AS tickets FROM book WHERE id IN (SELECT id FROM undone) GROUP BY tier_id
), fresh AS (
    SELECT s.block, s.source, s.order_ref, s.tier_id, sum(s.quantity - coalesce(b.sold, 0)) AS tickets, min(s.at) AS at,
           min(s.file_no) AS file_no, min(s.file_row) AS file_row
    FROM sale_staging s
    LEFT JOIN book b ON b.id = s.id
    WHERE s.role = 's' AND s.tier_id IN (SELECT tier_id FROM gate)
      AND CASE WHEN b.id IS NOT NULL THEN s.quantity > b.sold
               ELSE NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id) END
      AND NOT EXISTS (SELECT 1 FROM undone u WHERE u.id = s.id)
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = s.block AND r.source = s.source AND r.order_ref = s.order_ref)
    GROUP BY s.block, s.source, s.order_ref, s.tier_id
), room AS (
    SELECT g.tier_id, g.name, g.capacity, g.free + coalesce(f.tickets, 0) AS seats FROM gate g LEFT JOIN freed f USING (tier_id)
), crowded AS (
    SELECT r.* FROM room r
    JOIN (SELECT tier_id, sum(tickets) AS wanted FROM fresh GROUP BY tier_id) w USING (tier_id)
    WHERE w.wanted > r.seats
), seated AS (
    SELECT f.*, c.name, c.capacity, passa_seated(f.tickets, c.seats) OVER queue AS given
    FROM fresh f
    JOIN crowded c USING (tier_id)
    WINDOW queue AS (PARTITION BY tier_id ORDER BY f.at, f.source, f.order_ref ROWS UNBOUNDED PRECEDING)
), served AS (
    SELECT s.*, given - lag(given, 1, 0::numeric) OVER (PARTITION BY tier_id ORDER BY at, source, order_ref) AS got FROM seated s
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT block, source, order_ref, file_no, file_row, NULL, 'sale.over_capacity',
       format('tier %s holds %s tickets, and order %s does not fit any more', name, capacity, order_ref)
FROM served
WHERE got < tickets
