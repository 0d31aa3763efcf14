-- Anything that refers to a tier.
SELECT 1 AS used FROM tier_plan WHERE organizer_id = $1 AND event_id = $2 AND tier_id = $3
UNION ALL
SELECT 1 FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND tier_id = $3
LIMIT 1
