-- The window of code $3 that began at $4 gets other ends.
UPDATE promo_code SET valid_from = $5, valid_until = $6 WHERE organizer_id = $1 AND event_id = $2 AND code = $3 AND valid_from = $4
