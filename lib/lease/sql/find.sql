-- Whether $2 work of $3 scope is being done, and by whom, as the transaction first saw the sessions: asked once in each, and
-- after the lock where one is taken, or a session younger than the look would count as gone. Our own session does it no more: a
-- holder lives with its heartbeat's, and this one is left of a try that failed behind its commit.
SELECT l.owner, passa_lease_lives(l) AND l.session_pid <> pg_backend_pid() AS lives
FROM lease l WHERE l.organizer_id = $1 AND l.work = $2 AND l.scope = $3
