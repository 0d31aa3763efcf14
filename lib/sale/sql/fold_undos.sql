-- What rows of sold lines say to be undone is a state to date, not one more undoing: of several rows of a line in block $1,
-- the one that says most counts.
UPDATE sale_staging s SET role = 'd'
FROM (SELECT file_no, file_row, row_number() OVER (PARTITION BY id ORDER BY whole DESC, gross DESC, file_no, file_row) AS nth
      FROM sale_staging WHERE block = $1 AND role = 'u' AND id IS NOT NULL) n
WHERE s.block = $1 AND s.role = 'u' AND s.file_no = n.file_no AND s.file_row = n.file_row AND n.nth > 1
