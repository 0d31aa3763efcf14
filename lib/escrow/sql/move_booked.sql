-- Booking goes forward.
UPDATE escrow SET booked_through = $3 WHERE organizer_id = $1 AND plan_id = $2
