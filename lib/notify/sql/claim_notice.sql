-- Takes one notice that is due at $2 ($4: this one; null: any; $5: not over these channels), and puts it off to $3 before it is sent: who dies with it in hand leaves it
-- to be sent again, and nobody else takes it meanwhile. How a run ended is told behind that it began. MATERIALIZED: looked up once, not once
-- a row.
WITH due AS MATERIALIZED (
    SELECT id FROM notice_outbox n
    WHERE organizer_id = $1 AND state = 'waiting' AND ($4::uuid IS NULL AND next_at <= $2 OR id = $4) AND channel <> ALL ($5::text[])
      AND NOT (kind LIKE 'run.%' AND EXISTS (
          SELECT 1 FROM notice_outbox b
          WHERE b.organizer_id = n.organizer_id AND b.state = 'waiting' AND b.kind = 'run.started' AND b.channel = n.channel AND b.id <> n.id
            AND b.created_at < n.created_at AND b.payload ->> 'run' = n.payload ->> 'run'))
    ORDER BY next_at, created_at, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
UPDATE notice_outbox o
SET tries = o.tries + 1, next_at = $3
FROM due, organizer g
WHERE o.organizer_id = $1 AND o.id = due.id AND g.id = $1
RETURNING o.id, o.channel, o.kind, o.payload, o.state, o.tries, o.next_at, o.error, o.created_at, o.ended_at, g.title AS organizer
