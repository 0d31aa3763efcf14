-- Every time an import left a tier of the event above its capacity, oldest first.
SELECT t.name AS tier, a.capacity, a.sold, a.import_id, a.recorded_at
FROM oversell_audit a
JOIN tier t ON t.organizer_id = a.organizer_id AND t.event_id = a.event_id AND t.id = a.tier_id
WHERE a.organizer_id = $1 AND a.event_id = $2
ORDER BY a.recorded_at, a.import_id, t.name
