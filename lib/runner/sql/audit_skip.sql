-- $2 id, $3 who, $4 job and scope, $5 the period and why.
INSERT INTO audit (organizer_id, id, at, actor, action, subject, details) VALUES ($1, $2, clock_timestamp(), $3, 'skipped', $4, $5)
