-- Refund rows of block $1 that another file tells as well count once.
UPDATE sale_staging s SET role = 'd'
FROM (SELECT file_no, file_row, row_number() OVER (PARTITION BY id, code ORDER BY file_no, file_row) AS nth
      FROM sale_staging WHERE block = $1 AND role = 'r' AND id IS NOT NULL) n
WHERE s.block = $1 AND s.role = 'r' AND s.file_no = n.file_no AND s.file_row = n.file_row AND n.nth > 1
