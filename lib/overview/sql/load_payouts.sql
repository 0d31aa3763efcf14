-- Payouts by state and asset, unknown first: all that are under way (index payout_open); of those that are over, no more than $4 whose money
-- was set aside within a day of $3, and only how many. Of the event $2, where one is given.
WITH found AS (
    SELECT state, asset_id, count(*) AS payouts, sum(amount_minor)::text AS total, min(changed_at) AS since
    FROM payout
    WHERE organizer_id = $1 AND state NOT IN ('settled', 'failed', 'returned', 'cancelled') AND ($2::uuid IS NULL OR event_id = $2)
    GROUP BY state, asset_id
    UNION ALL
    SELECT state, asset_id, count(*), NULL, NULL
    FROM (SELECT state, asset_id FROM payout
          WHERE organizer_id = $1 AND reserved_at > $3::timestamptz - interval '1 day' AND state IN ('settled', 'failed', 'returned', 'cancelled')
            AND ($2::uuid IS NULL OR event_id = $2)
          LIMIT $4) ended
    GROUP BY state, asset_id
)
SELECT f.state, f.asset_id, a.scale, f.payouts, f.total, f.since
FROM found f
JOIN asset a ON a.organizer_id = $1 AND a.id = f.asset_id
ORDER BY array_position(ARRAY['unknown', 'sending', 'accepted', 'reserved', 'ready', 'planned', 'blocked', 'confirmed', 'failed', 'returned',
    'settled', 'cancelled'], f.state), f.asset_id
