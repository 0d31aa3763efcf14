-- Whether lines of block $1 come more than once.
SELECT 1 AS there FROM sale_staging WHERE block = $1 AND role = 's' GROUP BY id HAVING count(*) > 1 LIMIT 1
