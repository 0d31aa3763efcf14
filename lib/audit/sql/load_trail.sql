-- $2 not before, or null; $3 by whom, or null; $4 how many of the newest, oldest first.
SELECT *
FROM (
    SELECT at, actor, action, subject, subject_id, details
    FROM audit_trail
    WHERE organizer_id = $1 AND ($2::timestamptz IS NULL OR at >= $2) AND ($3::text IS NULL OR actor = $3)
    ORDER BY at DESC, action, subject, subject_id
    LIMIT $4
) newest
ORDER BY at, action, subject, subject_id
