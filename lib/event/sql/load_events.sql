-- Every event that is not archived, soonest first, with tickets sold and the sum of its tiers' capacities (null when one is unlimited).
SELECT e.name, e.title, e.starts_at, e.zone, e.currency_id, s.scale,
       coalesce(sum(c.sold), 0)::bigint AS sold,
       CASE WHEN bool_or(t.capacity IS NULL) THEN NULL ELSE sum(t.capacity)::bigint END AS capacity
FROM event e
JOIN asset s ON s.organizer_id = e.organizer_id AND s.id = e.currency_id
LEFT JOIN tier t ON t.organizer_id = e.organizer_id AND t.event_id = e.id
LEFT JOIN tier_sold c ON c.organizer_id = t.organizer_id AND c.event_id = t.event_id AND c.tier_id = t.id
WHERE e.organizer_id = $1
  AND NOT EXISTS (SELECT 1 FROM object o WHERE o.organizer_id = e.organizer_id AND o.id = e.id AND o.archived_at IS NOT NULL)
GROUP BY e.name, e.title, e.starts_at, e.zone, e.currency_id, s.scale
ORDER BY e.starts_at, e.name
