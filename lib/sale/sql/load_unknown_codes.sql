-- The codes of this import's sales, not refused, that no campaign of the event ever had: vouchers, or slips of the hand. Where the book has
-- the sale with another code, it keeps that one.
SELECT s.code, count(*) AS sales FROM sale_staging s
WHERE s.role = 's' AND s.code IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM code_in_force c WHERE c.organizer_id = $1 AND c.event_id = $2 AND c.code = s.code)
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = s.block AND r.source = s.source AND r.order_ref = s.order_ref)
  AND NOT EXISTS (SELECT 1 FROM sale_line l WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.code IS DISTINCT FROM s.code)
GROUP BY s.code
ORDER BY s.code
