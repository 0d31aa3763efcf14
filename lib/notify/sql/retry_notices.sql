-- Dead notices wait again, to be tried as at first: those of $2, or all. A test, and a beginning that is told late, say nothing.
UPDATE notice_outbox o
SET state = 'waiting', tries = 0, next_at = '-infinity', ended_at = NULL
FROM organizer g
WHERE o.organizer_id = $1 AND g.id = $1 AND o.state = 'dead' AND o.kind NOT IN ('test', 'run.started') AND ($2::uuid[] IS NULL OR o.id = ANY ($2::uuid[]))
RETURNING o.id, o.channel, o.kind, o.payload, o.state, o.tries, o.next_at, o.error, o.created_at, o.ended_at, g.title AS organizer
