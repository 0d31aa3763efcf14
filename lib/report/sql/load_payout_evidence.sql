-- $1 organizer, $2 payout: what the rail said of its attempts, as it came.
SELECT v.id, v.attempt_id, v.kind, v.external_ref, v.sha256, v.sha256 = sha256(v.raw) AS is_whole, v.raw, v.whole_bytes IS NOT NULL AS is_cut, v.details::text AS details, v.seen_at
FROM evidence v
WHERE v.organizer_id = $1 AND v.attempt_id IN (SELECT attempt_id FROM payout_attempt_line WHERE organizer_id = $1 AND payout_id = $2)
ORDER BY v.seen_at, v.id
