-- What the files of this import say is undone in block $3 (ids $4 to $5), less what the book has undone: the difference is
-- one more line, under the plan and campaign version of the sale. $6 import, $7 its time, $8: fees are kept by the gateway
-- (but those of a line that was moved go with it, and a fee that is a line of its own goes when it is told no more),
-- $9: files hold only news, so refund rows of other files count as well. Of what the row of a sale says and the sum of its
-- refund rows the larger counts: both tell of the same money; where the row says nothing, the sum, also when it is a fee alone.
-- Undone when: as the file says; else a sale first seen undone counts as undone when sold, one seen paid before when it was
-- imported as undone.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5)),
staged AS MATERIALIZED (
    SELECT * FROM sale_staging s
    WHERE block = $3 AND role IN ('s', 'u', 'r') AND id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
), refunds AS (
    SELECT k.sale_id, sum(k.gross) AS gross, sum(k.discount) AS discount, sum(k.tax) AS tax,
           sum(k.fee_platform) AS fee_platform, sum(k.fee_payment) AS fee_payment
    FROM sale_refund_row k
    WHERE k.organizer_id = $1 AND k.event_id = $2 AND k.sale_id BETWEEN $4 AND $5
      AND ($9 OR (k.sale_id, k.ref) IN (SELECT id, code FROM staged WHERE role = 'r'))
    GROUP BY k.sale_id
), said AS (
    SELECT id, replace(max(undo) FILTER (WHERE role IN ('u', 'r')), 'moved', 'cancellation') AS kind,
           coalesce(bool_or(undo = 'moved'), false) AS moved,
           coalesce(bool_or(whole), false) AS whole,
           coalesce(bool_or(role = 's' AND undo = 'remaining'), false) AS remaining,
           max(gross) FILTER (WHERE role = 's') AS left_gross, max(discount) FILTER (WHERE role = 's') AS left_discount,
           max(tax) FILTER (WHERE role = 's') AS left_tax, max(fee_platform) FILTER (WHERE role = 's') AS left_fee_platform,
           max(fee_payment) FILTER (WHERE role = 's') AS left_fee_payment,
           coalesce(bool_or(role = 'u' OR undo = 'remaining'), false) AS has_state,
           max(gross) FILTER (WHERE role = 'u') AS gross, max(discount) FILTER (WHERE role = 'u') AS discount,
           max(tax) FILTER (WHERE role = 'u') AS tax, max(fee_platform) FILTER (WHERE role = 'u') AS fee_platform,
           max(fee_payment) FILTER (WHERE role = 'u') AS fee_payment,
           max(at) FILTER (WHERE role IN ('u', 'r')) AS at,
           (array_agg(file_no ORDER BY role = 's', file_no, file_row))[1] AS file_no,
           (array_agg(file_row ORDER BY role = 's', file_no, file_row))[1] AS file_row
    FROM staged GROUP BY id
), state AS (
    SELECT s.id, b.seq, s.kind, s.at, s.file_no, s.file_row, s.whole, s.has_state,
           CASE WHEN whole THEN b.gross WHEN remaining THEN b.gross - left_gross ELSE coalesce(s.gross, 0) END AS gross,
           CASE WHEN whole THEN b.discount WHEN remaining THEN b.discount - left_discount ELSE coalesce(s.discount, 0) END AS discount,
           CASE WHEN whole THEN b.tax WHEN remaining THEN b.tax - left_tax ELSE coalesce(s.tax, 0) END AS tax,
           CASE WHEN $8 AND b.tier_id IS NOT NULL AND NOT moved AND (whole OR remaining) THEN 0 WHEN whole THEN b.fee_platform
                WHEN remaining THEN b.fee_platform - left_fee_platform ELSE coalesce(s.fee_platform, 0) END AS fee_platform,
           CASE WHEN $8 AND b.tier_id IS NOT NULL AND NOT moved AND (whole OR remaining) THEN 0 WHEN whole THEN b.fee_payment
                WHEN remaining THEN b.fee_payment - left_fee_payment ELSE coalesce(s.fee_payment, 0) END AS fee_payment,
           b.gross AS sold_gross, b.quantity AS sold, b.undone_quantity, b.undone_gross, b.undone_discount, b.undone_tax,
           b.undone_fee_platform, b.undone_fee_payment
    FROM said s JOIN book b ON b.id = s.id
), goal AS (
    SELECT s.id, s.seq, s.kind, s.at, s.file_no, s.file_row,
           CASE WHEN s.whole OR (greatest(s.gross, r.gross) >= s.sold_gross AND s.sold_gross > 0) THEN s.sold ELSE 0 END
               - s.undone_quantity AS quantity,
           CASE WHEN by_rows THEN r.gross ELSE s.gross END - s.undone_gross AS gross,
           CASE WHEN by_rows THEN r.discount ELSE s.discount END - s.undone_discount AS discount,
           CASE WHEN by_rows THEN r.tax ELSE s.tax END - s.undone_tax AS tax,
           CASE WHEN by_rows THEN r.fee_platform ELSE s.fee_platform END - s.undone_fee_platform AS fee_platform,
           CASE WHEN by_rows THEN r.fee_payment ELSE s.fee_payment END - s.undone_fee_payment AS fee_payment
    FROM state s LEFT JOIN refunds r ON r.sale_id = s.id
    CROSS JOIN LATERAL (SELECT NOT s.whole AND r.sale_id IS NOT NULL AND (r.gross > s.gross OR NOT s.has_state) AS by_rows) choice
), added AS (
    INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, tier_id, plan_version_id,
        campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, tax, fee_platform, fee_payment, net,
        occurred_at, imported_at, import_id, file_no, file_row, payment_ref)
    SELECT $1, $2, passa_change_id(l.id, g.seq + 1), l.id, g.seq + 1, coalesce(g.kind, 'refund'), l.source, l.order_ref, l.line_ref,
           l.tier_id, l.plan_version_id, l.campaign_version_id, l.creator_id, l.code, -g.quantity, l.asset_id, -g.gross,
           -g.discount, -g.tax, -g.fee_platform, -g.fee_payment, -(g.gross - g.tax - g.fee_platform - g.fee_payment),
           greatest(l.occurred_at, coalesce(g.at, CASE WHEN l.import_id = $6 THEN l.occurred_at ELSE $7 END)),
           $7, $6, g.file_no, g.file_row, l.payment_ref
    FROM goal g
    JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = g.id AND l.id BETWEEN $4 AND $5
    WHERE (g.quantity, g.gross, g.discount, g.tax, g.fee_platform, g.fee_payment) IS DISTINCT FROM (0, 0, 0, 0, 0, 0)
    ORDER BY l.id
    RETURNING tier_id, quantity, gross, tax, fee_platform, fee_payment
)
SELECT tier_id, count(*) AS lines, sum(quantity) AS quantity, sum(gross) AS gross, sum(tax) AS tax,
       sum(fee_platform) AS fee_platform, sum(fee_payment) AS fee_payment
FROM added GROUP BY tier_id
