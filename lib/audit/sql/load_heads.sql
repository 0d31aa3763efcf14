-- Signatures over records, in their order; `stored` is the hash that the record has now, if it is there.
SELECT h.seq, h.sha256, h.public_key, h.signature, h.signed_at, r.sha256 AS stored
FROM audit_head h
LEFT JOIN audit_record r ON r.organizer_id = h.organizer_id AND r.seq = h.seq
WHERE h.organizer_id = $1
ORDER BY h.seq, h.public_key
