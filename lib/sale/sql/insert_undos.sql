-- What the files of this import say is undone in block $3 (ids $4 to $5), less what the book has undone: the difference is
-- one more line, under the plan and campaign version of the sale. $6 import, $7 its time, $8: fees are kept by the gateway.
-- Undone when: as the file says; else a sale first seen undone counts as undone when sold, one seen paid before when it was
-- imported as undone.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5)),
wanted AS (
    SELECT id, max(undo) FILTER (WHERE role = 'u') AS kind,
           coalesce(bool_or(whole), false) AS whole,
           coalesce(bool_or(role = 's' AND undo = 'remaining'), false) AS remaining,
           coalesce(sum(gross) FILTER (WHERE role = 'u' AND NOT whole), 0) AS gross,
           coalesce(sum(discount) FILTER (WHERE role = 'u' AND NOT whole), 0) AS discount,
           coalesce(sum(tax) FILTER (WHERE role = 'u' AND NOT whole), 0) AS tax,
           coalesce(sum(fee_platform) FILTER (WHERE role = 'u' AND NOT whole), 0) AS fee_platform,
           coalesce(sum(fee_payment) FILTER (WHERE role = 'u' AND NOT whole), 0) AS fee_payment,
           max(gross) FILTER (WHERE role = 's') AS left_gross, max(discount) FILTER (WHERE role = 's') AS left_discount,
           max(tax) FILTER (WHERE role = 's') AS left_tax, max(fee_platform) FILTER (WHERE role = 's') AS left_fee_platform,
           max(fee_payment) FILTER (WHERE role = 's') AS left_fee_payment,
           max(at) FILTER (WHERE role = 'u') AS at,
           (array_agg(file_no ORDER BY role DESC, file_no, file_row))[1] AS file_no,
           (array_agg(file_row ORDER BY role DESC, file_no, file_row))[1] AS file_row
    FROM sale_staging s
    WHERE block = $3 AND role IN ('s', 'u') AND id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
    GROUP BY id
), goal AS (
    SELECT w.id, b.seq, w.kind, w.at, w.file_no, w.file_row,
           CASE WHEN whole OR (NOT remaining AND w.gross >= b.gross AND b.gross > 0) THEN b.quantity ELSE 0 END - b.undone_quantity AS quantity,
           CASE WHEN whole THEN b.gross WHEN remaining THEN b.gross - w.left_gross ELSE w.gross END - b.undone_gross AS gross,
           CASE WHEN whole THEN b.discount WHEN remaining THEN b.discount - w.left_discount ELSE w.discount END - b.undone_discount AS discount,
           CASE WHEN whole THEN b.tax WHEN remaining THEN b.tax - w.left_tax ELSE w.tax END - b.undone_tax AS tax,
           CASE WHEN $8 AND (whole OR remaining) THEN 0 WHEN whole THEN b.fee_platform
                WHEN remaining THEN b.fee_platform - w.left_fee_platform ELSE w.fee_platform END - b.undone_fee_platform AS fee_platform,
           CASE WHEN $8 AND (whole OR remaining) THEN 0 WHEN whole THEN b.fee_payment
                WHEN remaining THEN b.fee_payment - w.left_fee_payment ELSE w.fee_payment END - b.undone_fee_payment AS fee_payment
    FROM wanted w JOIN book b ON b.id = w.id
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
