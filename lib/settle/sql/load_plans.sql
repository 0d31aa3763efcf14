-- Every split plan version of an event with its shares, in their stable order.
SELECT v.id, v.basis, v.fees_from, v.commission_from, h.party_id, h.ppm
FROM split_plan_version v
JOIN split_share h ON h.organizer_id = v.organizer_id AND h.event_id = v.event_id AND h.plan_version_id = v.id
WHERE v.organizer_id = $1 AND v.event_id = $2
ORDER BY v.id, h.pos
