-- What came of a try of notice $2: $3 state, $4 error, $5 when to try again, $6 which try it was. One that was overtaken ends nothing.
UPDATE notice_outbox
SET state = $3, error = $4, next_at = $5, ended_at = CASE WHEN $3 = 'waiting' THEN NULL ELSE clock_timestamp() END
WHERE organizer_id = $1 AND id = $2 AND state = 'waiting' AND tries = $6
