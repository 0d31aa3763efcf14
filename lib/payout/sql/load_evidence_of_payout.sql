-- $1 organizer, $2 payout: what was seen of every attempt it was part of, oldest first; the bytes themselves stay behind.
SELECT e.id, e.rail, e.kind, e.external_ref, e.sha256, octet_length(e.raw) AS bytes, e.details::text AS details, e.seen_at
FROM payout_attempt_line l
JOIN evidence e ON e.organizer_id = l.organizer_id AND e.attempt_id = l.attempt_id
WHERE l.organizer_id = $1 AND l.payout_id = $2
ORDER BY e.seen_at, e.id
