-- Dead notices wait again, to be tried as at first: those of $2, or, of all, the oldest $3. A test, and a beginning that is told late, say nothing.
WITH dead AS MATERIALIZED ( -- once: a row that is locked anew would let another one in
    SELECT id FROM notice_outbox
    WHERE organizer_id = $1 AND state = 'dead' AND kind NOT IN ('test', 'run.started') AND ($2::uuid[] IS NULL OR id = ANY ($2::uuid[]))
    ORDER BY created_at, id
    LIMIT CASE WHEN $2::uuid[] IS NULL THEN $3::bigint END
    FOR UPDATE
)
UPDATE notice_outbox o
SET state = 'waiting', tries = 0, next_at = '-infinity', ended_at = NULL
FROM organizer g, dead d
WHERE o.organizer_id = $1 AND g.id = $1 AND o.id = d.id
RETURNING o.id, o.channel, o.kind, o.payload, o.state, o.tries, o.next_at, o.error, o.created_at, o.ended_at, g.title AS organizer
