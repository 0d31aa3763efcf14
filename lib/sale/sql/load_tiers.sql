-- Tiers with what is sold of them and since when a plan covers them (null: none does).
SELECT t.id, t.name, t.match_names, t.price_minor, t.asset_id, t.capacity, coalesce(c.sold, 0) AS sold, num_nonnulls(t.sale_from, t.sale_until) > 0 AS has_window,
       (SELECT min(p.from_at) FROM plan_in_force p
        WHERE p.organizer_id = t.organizer_id AND p.event_id = t.event_id AND p.tier_id = t.id) AS planned_from
FROM tier t
LEFT JOIN tier_sold c ON c.organizer_id = t.organizer_id AND c.event_id = t.event_id AND c.tier_id = t.id
WHERE t.organizer_id = $1 AND t.event_id = $2
ORDER BY t.name
