-- $1 organizer, $2 import: the journal entries that its lines were booked by.
SELECT id, cause_key, posted_at FROM journal WHERE organizer_id = $1 AND kind = 'sales' AND cause_id = $2 ORDER BY posted_at, id
