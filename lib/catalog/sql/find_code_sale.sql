-- Whether a ticket was sold with a code, credited or not.
SELECT 1 AS sold FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND code = $3 AND seq = 0 LIMIT 1
