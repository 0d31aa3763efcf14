-- $1 organizer, $2 after which number, $3 how many: sealed records in their order.
SELECT seq, text, sha256 FROM audit_record WHERE organizer_id = $1 AND seq > $2 ORDER BY seq LIMIT $3
