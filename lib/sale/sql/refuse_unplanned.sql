-- Sales of block $3 from before the first plan version of their tier.
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT s.block, s.source, s.order_ref, s.file_no, s.file_row, NULL, 'sale.no_plan',
       format('no split plan was in force for this at %s', s.at)
FROM sale_staging s
WHERE s.block = $3 AND s.role = 's'
  AND NOT EXISTS (SELECT 1 FROM plan_in_force p
                  WHERE p.organizer_id = $1 AND p.event_id = $2 AND p.tier_id IS NOT DISTINCT FROM s.tier_id
                    AND s.at >= p.from_at AND s.at < p.until_at)
