-- Lines of block $1 that come again to the letter count once: the first.
UPDATE sale_staging s SET role = 'd'
FROM (SELECT file_no, file_row, row_number() OVER (PARTITION BY id ORDER BY file_no, file_row) AS nth
      FROM sale_staging WHERE block = $1 AND role = 's') n
WHERE s.block = $1 AND s.role = 's' AND s.file_no = n.file_no AND s.file_row = n.file_row AND n.nth > 1
