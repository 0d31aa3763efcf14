-- $3 codes: those that a ticket was sold with, credited or not. All in one pass over the event's lines.
SELECT DISTINCT code FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND code = ANY ($3::text[]) AND seq = 0
