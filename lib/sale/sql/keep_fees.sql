-- Order-level fees of block $1 as lines of their own: what the buyer paid beside the prices ($3), or what is taken out of
-- them. $2 is the event, $4 the time for fees of orders that hold no line here.
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, gross, discount, tax,
    fee_platform, fee_payment, at)
SELECT $1, 's', min(file_no), min(file_row), passa_line_id($2, source, order_ref, 'fee-' || undo), source, order_ref, 'fee-' || undo, 0,
       CASE WHEN $3 THEN sum(gross) ELSE 0 END, 0, CASE WHEN $3 THEN sum(tax) ELSE 0 END,
       CASE WHEN undo = 'platform' THEN sum(gross - CASE WHEN $3 THEN tax ELSE 0 END) ELSE 0 END,
       CASE WHEN undo = 'payment' THEN sum(gross - CASE WHEN $3 THEN tax ELSE 0 END) ELSE 0 END,
       coalesce(min(at), $4)
FROM sale_staging
WHERE block = $1 AND role = 'f'
GROUP BY source, order_ref, undo
