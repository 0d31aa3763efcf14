-- The organizer's newest record.
SELECT seq, text, sha256 FROM audit_record WHERE organizer_id = $1 ORDER BY seq DESC LIMIT 1
