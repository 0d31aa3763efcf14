-- Order-level fees of block $3 as lines of their own, when all are kept so ($6), when they say so themselves (whole), or when
-- the book has them so ($7: it has lines of this block): what the buyer paid beside the prices ($4), or what is taken out of
-- them; income is the seller's. $2 is the event, $5 the time for fees of orders that hold no line here.
WITH own AS (
    UPDATE sale_staging f SET role = 'd'
    WHERE f.block = $3 AND f.role = 'f'
      AND ($6 OR f.whole
           OR ($7 AND EXISTS (SELECT 1 FROM sale_line l
                              WHERE l.organizer_id = $1 AND l.event_id = $2 AND l.seq = 0
                                AND l.id = passa_line_id($2, f.source, f.order_ref, 'fee-' || f.undo))))
    RETURNING f.*
)
INSERT INTO sale_staging (block, role, file_no, file_row, id, source, order_ref, line_ref, quantity, gross, discount, tax,
    fee_platform, fee_payment, at)
SELECT $3, 's', min(file_no), min(file_row), passa_line_id($2, source, order_ref, 'fee-' || undo), source, order_ref, 'fee-' || undo, 0,
       CASE WHEN $4 OR undo = 'income' THEN sum(gross) ELSE 0 END, 0, CASE WHEN $4 OR undo = 'income' THEN sum(tax) ELSE 0 END,
       CASE WHEN undo = 'platform' THEN sum(gross - CASE WHEN $4 THEN tax ELSE 0 END) ELSE 0 END,
       CASE WHEN undo = 'payment' THEN sum(gross - CASE WHEN $4 THEN tax ELSE 0 END) ELSE 0 END,
       coalesce(min(at), $5)
FROM own
GROUP BY source, order_ref, undo
