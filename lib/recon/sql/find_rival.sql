-- $1 organizer, $2 payout whose money went back: another one that holds or means to take the same money. Those that are only
-- planned from a payable are blocked by what is owed then, but a file's line knows no such bound.
SELECT x.id, x.batch_id, x.state
FROM payout p
JOIN payout x ON x.organizer_id = p.organizer_id AND x.party_id = p.party_id AND x.event_id = p.event_id AND x.batch_id <> p.batch_id
WHERE p.organizer_id = $1 AND p.id = $2 AND x.source = 'payable' AND x.state IN ('reserved', 'sending', 'accepted', 'unknown')
UNION ALL
SELECT x.id, x.batch_id, x.state
FROM payout p
JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
JOIN payout x ON x.organizer_id = p.organizer_id AND x.batch_id <> p.batch_id AND x.line_key = p.line_key
JOIN payout_batch o ON o.organizer_id = x.organizer_id AND o.id = x.batch_id
WHERE p.organizer_id = $1 AND p.id = $2 AND (p.reference <> '' OR o.file_sha256 = b.file_sha256) AND x.state IN ('planned', 'ready', 'reserved', 'sending', 'accepted', 'unknown')
LIMIT 1
