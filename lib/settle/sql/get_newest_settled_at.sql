-- $1 organizer, $2 event: when the newest settlement was made; null before the first.
SELECT max(settled_at) AS at FROM settlement WHERE organizer_id = $1 AND event_id = $2
