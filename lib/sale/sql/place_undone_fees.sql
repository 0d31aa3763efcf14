-- Fees that the gateway keeps of orders of block $3 (ids $4 to $5) that are undone as a whole, while the files list no ticket of
-- them: the lines that the book has carry them already, and other fees than they carry are refused: nobody could say of which
-- line they are. Where the book has none either they stay as they are, without a line (refuse_stray_fees): the order may be of
-- another event. $2: the event, $6: decimals of its currency.
WITH ended AS MATERIALIZED (
    SELECT DISTINCT source, order_ref FROM sale_staging WHERE block = $3 AND role = 'o' AND undo IS NOT NULL
    EXCEPT
    SELECT source, order_ref FROM sale_staging WHERE block = $3 AND role = 's' AND tier_id IS NOT NULL
), known AS MATERIALIZED (
    SELECT source, order_ref, sum(fee_platform) AS platform, sum(fee_payment) AS payment FROM sale_line
    WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5
    GROUP BY source, order_ref HAVING bool_or(tier_id IS NOT NULL)
), told AS MATERIALIZED (
    SELECT f.source, f.order_ref, min(f.file_no) AS file_no, min(f.file_row) AS file_row,
           coalesce(sum(f.gross) FILTER (WHERE f.undo = 'platform'), 0) AS platform,
           coalesce(sum(f.gross) FILTER (WHERE f.undo = 'payment'), 0) AS payment
    FROM sale_staging f JOIN ended e USING (source, order_ref)
    WHERE f.block = $3 AND f.role = 'f'
    GROUP BY f.source, f.order_ref
), placed AS (
    UPDATE sale_staging f SET role = 'd'
    FROM told t JOIN known k USING (source, order_ref)
    WHERE f.block = $3 AND f.role = 'f' AND f.source = t.source AND f.order_ref = t.order_ref
)
INSERT INTO sale_refused (block, source, order_ref, file_no, file_row, bad_column, bad_code, bad_reason)
SELECT $3, t.source, t.order_ref, t.file_no, t.file_row, NULL, 'sale.money_differs',
       format('the book has fees %s of order %s, which is undone; the file says %s, and lists no ticket of it',
              round((k.platform + k.payment) / 10::numeric ^ $6::integer, $6::integer), t.order_ref,
              round((t.platform + t.payment) / 10::numeric ^ $6::integer, $6::integer))
FROM told t JOIN known k USING (source, order_ref)
WHERE (t.platform, t.payment) <> (k.platform, k.payment)
