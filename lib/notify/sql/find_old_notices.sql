-- At most $3 notices that were delivered more than $2 seconds ago, by the database's clock.
SELECT id FROM notice_outbox
WHERE organizer_id = $1 AND state = 'sent' AND ended_at < clock_timestamp() - make_interval(secs => $2)
LIMIT $3
