-- One at a time books what the contract of plan $2 told.
SELECT booked_through FROM escrow WHERE organizer_id = $1 AND plan_id = $2 FOR UPDATE
