-- All windows of a code that was on no ticket.
DELETE FROM promo_code WHERE organizer_id = $1 AND event_id = $2 AND code = $3
