-- The cached number of tickets sold per tier equals its recount.
SELECT tier_id, sum(cached) AS cached, sum(counted) AS counted
FROM (
    SELECT organizer_id, event_id, tier_id, sold AS cached, 0 AS counted FROM tier_sold
    UNION ALL
    SELECT organizer_id, event_id, tier_id, 0, sum(quantity) FROM sale_line WHERE tier_id IS NOT NULL GROUP BY organizer_id, event_id, tier_id
) both_sides
GROUP BY tier_id HAVING sum(cached) <> sum(counted)
