-- $1 organizer, $2 batch, $3 the work that a sender's lease is for: whoever sends it or another batch of its treasury right now.
SELECT l.owner
FROM payout_batch b
JOIN lease l ON l.organizer_id = b.organizer_id AND l.work = $3 AND l.scope = b.treasury_id::text
WHERE b.organizer_id = $1 AND b.id = $2 AND passa_lease_lives(l) AND l.session_pid <> pg_backend_pid()
