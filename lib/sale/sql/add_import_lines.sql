-- What one block brought.
UPDATE sale_import SET lines_sold = lines_sold + $4, lines_refunded = lines_refunded + $5
WHERE organizer_id = $1 AND event_id = $2 AND id = $3
