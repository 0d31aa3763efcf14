-- $1 organizer, $2 key: has it signed the newest record already?
SELECT 1 AS signed
FROM audit_head h
WHERE h.organizer_id = $1 AND h.public_key = $2
  AND h.seq = (SELECT max(seq) FROM audit_record WHERE organizer_id = $1)
