-- $2 an event, or null; $3 the last entry read so far; $4 how many of those that follow it: their postings, in order.
SELECT *
FROM posting_line
WHERE organizer_id = $1
  AND journal_id IN (SELECT id FROM journal WHERE organizer_id = $1 AND ($2::uuid IS NULL OR event_id = $2) AND id > $3
                     ORDER BY id LIMIT $4)
ORDER BY journal_id, pos
