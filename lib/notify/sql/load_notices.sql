-- The newest $3 notices, of state $2 if one is given.
SELECT o.id, o.channel, o.kind, o.payload, o.state, o.tries, o.next_at, o.error, o.created_at, o.ended_at, g.title AS organizer
FROM notice_outbox o
JOIN organizer g ON g.id = o.organizer_id
WHERE o.organizer_id = $1 AND ($2::text IS NULL OR o.state = $2)
ORDER BY o.created_at DESC, o.id
LIMIT $3
