-- Orders of block $3 (ids $4 to $5) whose lines have references here and none there, in the files or in the book: such lines
-- cannot be told to be the same, and every ticket would be booked twice. A numbered line's reference begins with its tier.
WITH told AS MATERIALIZED (
    SELECT source, order_ref, line_ref LIKE tier_id::text || '-%' AS is_numbered, file_no, file_row
    FROM sale_staging WHERE block = $3 AND role IN ('s', 'u') AND line_ref IS NOT NULL AND tier_id IS NOT NULL
), known AS (
    SELECT DISTINCT source, order_ref, line_ref LIKE tier_id::text || '-%' AS is_numbered
    FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND seq = 0 AND tier_id IS NOT NULL
), mixed AS (
    SELECT source, order_ref, min(file_no) AS file_no, min(file_row) AS file_row
    FROM (SELECT * FROM told
          UNION ALL SELECT k.source, k.order_ref, k.is_numbered, NULL, NULL FROM known k) both_sides
    GROUP BY source, order_ref
    HAVING bool_or(is_numbered) AND bool_or(NOT is_numbered) AND count(file_no) > 0
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, source, order_ref, file_no, file_row, NULL, 'sale.line_refs_differ',
       format('the lines of order %s have references in one place and none in the other: export them with the column of line references shown, as before', order_ref)
FROM mixed
