-- Refund rows of block $3 that the book does not know yet: a reference is counted once, whatever file brings it. $4 import.
INSERT INTO sale_refund_row (organizer_id, event_id, sale_id, ref, kind, gross, discount, tax, fee_platform, fee_payment,
    occurred_at, import_id, file_no, file_row)
SELECT $1, $2, s.id, s.code, s.undo, s.gross, s.discount, s.tax, s.fee_platform, s.fee_payment, s.at, $4, s.file_no, s.file_row
FROM sale_staging s
WHERE s.block = $3 AND s.role = 'r'
  AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
ON CONFLICT DO NOTHING
