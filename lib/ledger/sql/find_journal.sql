-- What a cause has posted under this key.
SELECT id FROM journal WHERE organizer_id = $1 AND kind = $2 AND cause_id = $3 AND cause_key = $4
