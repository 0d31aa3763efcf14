-- $2 id, $3 who had $4 how many notices tried again.
INSERT INTO audit (organizer_id, id, at, actor, action, subject, details)
VALUES ($1, $2, clock_timestamp(), $3, 'retried', 'notices', format('%s given up before', $4::bigint))
