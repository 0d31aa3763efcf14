-- Given up, for the reason that stands here.
UPDATE contract_outbox SET refused = $3 WHERE organizer_id = $1 AND id = $2
