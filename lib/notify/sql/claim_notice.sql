-- Takes one notice that is due at $2 ($4: this one; null: any), and puts it off to $3 before it is sent: who dies with it in hand leaves it
-- to be sent again, and nobody else takes it meanwhile. MATERIALIZED: looked up once, not once a row.
WITH due AS MATERIALIZED (
    SELECT id FROM notice_outbox
    WHERE organizer_id = $1 AND state = 'waiting' AND ($4::uuid IS NULL AND next_at <= $2 OR id = $4)
    ORDER BY next_at, created_at, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE notice_outbox o
SET tries = o.tries + 1, next_at = $3
FROM due, organizer g
WHERE o.organizer_id = $1 AND o.id = due.id AND g.id = $1
RETURNING o.id, o.channel, o.kind, o.payload, o.state, o.tries, o.next_at, o.error, o.created_at, o.ended_at, g.title AS organizer
