-- The new sales of block $3 (ids $4 to $5), with the plan and campaign version in force when they were sold, in the order of
-- the primary key. Sums per tier come back for the ledger. $6 import, $7 its time, $8 asset.
WITH plan AS MATERIALIZED (
    SELECT coalesce(tier_id, '00000000-0000-0000-0000-000000000000') AS tier_id, from_at, until_at, plan_version_id
    FROM plan_in_force WHERE organizer_id = $1 AND event_id = $2
), terms AS MATERIALIZED (
    SELECT code, from_at, until_at, campaign_version_id, creator_id FROM code_in_force WHERE organizer_id = $1 AND event_id = $2
), known AS MATERIALIZED (
    SELECT id FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND id BETWEEN $4 AND $5 AND seq = 0
), added AS (
    INSERT INTO sale_line (organizer_id, event_id, id, sale_id, seq, kind, source, order_ref, line_ref, tier_id, plan_version_id,
        campaign_version_id, creator_id, code, quantity, asset_id, gross, discount, tax, fee_platform, fee_payment, net,
        occurred_at, imported_at, import_id, file_no, file_row, payment_ref, share_platform, share_payment, share_tax)
    SELECT $1, $2, s.id, s.id, 0, CASE WHEN s.tier_id IS NULL THEN 'fee' ELSE 'sale' END, s.source, s.order_ref, s.line_ref, s.tier_id,
           p.plan_version_id, c.campaign_version_id, c.creator_id, s.code, s.quantity, $8, s.gross, s.discount, s.tax,
           s.fee_platform, s.fee_payment, s.gross - s.tax - s.fee_platform - s.fee_payment, s.at, $7, $6, s.file_no, s.file_row, s.payment_ref,
           s.share_platform, s.share_payment, s.share_tax
    FROM sale_staging s
    JOIN plan p ON p.tier_id = coalesce(s.tier_id, '00000000-0000-0000-0000-000000000000') AND s.at >= p.from_at AND s.at < p.until_at
    LEFT JOIN terms c ON c.code = s.code AND s.at >= c.from_at AND s.at < c.until_at
    WHERE s.block = $3 AND s.role = 's'
      AND NOT EXISTS (SELECT 1 FROM known k WHERE k.id = s.id)
      AND NOT EXISTS (SELECT 1 FROM sale_refused r WHERE r.block = $3 AND r.source = s.source AND r.order_ref = s.order_ref)
    ORDER BY s.id
    RETURNING tier_id, quantity, gross, tax, fee_platform, fee_payment
)
SELECT tier_id, count(*) AS lines, sum(quantity) AS quantity, sum(gross) AS gross, sum(tax) AS tax,
       sum(fee_platform) AS fee_platform, sum(fee_payment) AS fee_payment
FROM added GROUP BY tier_id
