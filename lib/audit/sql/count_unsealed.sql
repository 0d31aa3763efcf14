-- Facts of the organizer that no record holds yet.
SELECT count(*) AS facts
FROM audit_fact f
WHERE f.organizer_id = $1 AND NOT EXISTS (SELECT 1 FROM audit_record r WHERE r.organizer_id = $1 AND r.key = f.key)
