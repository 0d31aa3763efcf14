-- Why the rows of event $2 must stay.
SELECT why FROM (
    SELECT 1 AS pos, 'tickets were sold' AS why WHERE EXISTS (SELECT 1 FROM sale_line WHERE organizer_id = $1 AND event_id = $2)
    UNION ALL SELECT 2, 'sales were imported' WHERE EXISTS (SELECT 1 FROM sale_import WHERE organizer_id = $1 AND event_id = $2)
    UNION ALL SELECT 3, 'versions of its split plans stay' WHERE EXISTS (SELECT 1 FROM split_plan WHERE organizer_id = $1 AND event_id = $2)
    UNION ALL SELECT 4, 'versions of its campaigns stay' WHERE EXISTS (SELECT 1 FROM campaign WHERE organizer_id = $1 AND event_id = $2)
    UNION ALL SELECT 5, 'money was posted to it' WHERE EXISTS (SELECT 1 FROM account WHERE organizer_id = $1 AND event_id = $2)
) AS reasons ORDER BY pos LIMIT 1
