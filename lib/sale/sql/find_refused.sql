-- Whether anything is refused.
SELECT 1 AS there FROM sale_refused LIMIT 1
