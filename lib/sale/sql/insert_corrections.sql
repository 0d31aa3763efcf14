-- Other money for known lines of block $3 (ids $4 to $5), where the profile accepts it: the difference, under the plan and
-- campaign version of the sale. $6 import, $7 its time.
WITH book AS MATERIALIZED (SELECT * FROM passa_sale_state($1, $2, $4, $5)), share AS (
    SELECT sale_id, sum(share_platform) AS platform, sum(share_payment) AS payment, sum(share_tax) AS tax
    FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND share_platform IS NOT NULL
    GROUP BY sale_id
), added AS (
    INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, tier_id, plan_version_id,
        campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, tax, fee_platform, fee_payment, net,
        occurred_at, imported_at, import_id, file_no, file_row, payment_ref, share_platform, share_payment, share_tax)
    SELECT $1, $2, passa_change_id(l.id, b.seq + 1), l.id, b.seq + 1, 'correction', l.source, l.order_ref, l.line_ref, l.tier_id,
           l.plan_version_id, l.campaign_version_id, l.creator_id, l.code, s.quantity - b.quantity, l.asset_id,
           s.gross - b.gross, s.discount - b.discount, s.tax - b.tax, s.fee_platform - b.fee_platform, s.fee_payment - b.fee_payment,
           (s.gross - s.tax - s.fee_platform - s.fee_payment) - (b.gross - b.tax - b.fee_platform - b.fee_payment),
           $7, $7, $6, s.file_no, s.file_row, s.payment_ref,
           s.share_platform - coalesce(k.platform, 0), s.share_payment - coalesce(k.payment, 0), s.share_tax - coalesce(k.tax, 0)
    FROM sale_staging s
    JOIN book b ON b.id = s.id
    JOIN sale_line l ON l.organizer_id = $1 AND l.event_id = $2 AND l.id = s.id AND l.id BETWEEN $4 AND $5
    LEFT JOIN share k ON k.sale_id = s.id
    WHERE s.block = $3 AND s.role = 's' AND s.undo IS DISTINCT FROM 'remaining'
      AND (s.gross, s.discount, s.tax, s.fee_platform, s.fee_payment, s.quantity)
          IS DISTINCT FROM (b.gross, b.discount, b.tax, b.fee_platform, b.fee_payment, b.quantity)
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
    RETURNING tier_id, quantity, gross, tax, fee_platform, fee_payment
)
SELECT tier_id, count(*) AS lines, sum(quantity) AS quantity, sum(gross) AS gross, sum(tax) AS tax,
       sum(fee_platform) AS fee_platform, sum(fee_payment) AS fee_payment
FROM added GROUP BY tier_id
