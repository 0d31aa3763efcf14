-- What was sold beyond capacity, recorded because the event's policy says so. $3 import, $4 now.
INSERT INTO oversell_audit (organizer_id, event_id, tier_id, import_id, capacity, sold, recorded_at)
SELECT t.organizer_id, t.event_id, t.id, $3, t.capacity, c.sold, $4
FROM tier t JOIN tier_sold c ON c.organizer_id = t.organizer_id AND c.event_id = t.event_id AND c.tier_id = t.id
WHERE t.organizer_id = $1 AND t.event_id = $2 AND c.sold > t.capacity
ON CONFLICT DO NOTHING
