-- $2 id, $3 who, $4 what he did, $5 job and scope, $6 more of it and why.
INSERT INTO audit (organizer_id, id, at, actor, action, subject, details) VALUES ($1, $2, clock_timestamp(), $3, $4, $5, $6)
