-- What settlements say they took in equals the settled sale lines, per plan version and asset.
SELECT plan_version_id, asset_id
FROM (
    SELECT plan_version_id, asset_id, sum(gross) AS intake, sum(net) AS intake_net, 0 AS lines, 0 AS lines_net FROM settlement_intake GROUP BY plan_version_id, asset_id
    UNION ALL
    SELECT l.plan_version_id, l.asset_id, 0, 0, sum(l.gross), sum(l.net)
    FROM sale_line l JOIN settlement_line m ON m.organizer_id = l.organizer_id AND m.event_id = l.event_id AND m.line_id = l.id
    GROUP BY l.plan_version_id, l.asset_id
) both_sides
GROUP BY plan_version_id, asset_id HAVING sum(intake) <> sum(lines) OR sum(intake_net) <> sum(lines_net)
