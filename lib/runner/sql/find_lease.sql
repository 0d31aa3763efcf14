-- Whether $2 job of $3 scope is being worked on, and by whom, as the transaction first saw the sessions: asked once in each, and
-- after the lock where one is taken, or a session younger than the look would count as gone.
SELECT l.owner, passa_lease_lives(l) AS lives FROM job_lease l WHERE l.organizer_id = $1 AND l.job = $2 AND l.scope = $3
