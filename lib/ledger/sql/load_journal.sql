-- $2 an event, or null; $3 how many of the newest entries: their postings, oldest entry first.
SELECT *
FROM posting_line
WHERE organizer_id = $1
  AND journal_id IN (SELECT id FROM journal WHERE organizer_id = $1 AND ($2::uuid IS NULL OR event_id = $2) ORDER BY id DESC LIMIT $3)
ORDER BY journal_id, pos
