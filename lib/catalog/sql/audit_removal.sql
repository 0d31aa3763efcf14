-- That an object was deleted leaves no row of its own. $2 id, $3 now, $4 who, $5 kind and name, $6 why it was archived, or empty.
INSERT INTO audit (organizer_id, id, at, actor, action, subject, details)
VALUES ($1, $2, $3, $4, CASE WHEN $6 = '' THEN 'deleted' ELSE 'archived' END, $5, $6)
