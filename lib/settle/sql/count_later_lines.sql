-- Lines from $3 on: no settlement through $3 has them.
SELECT count(*) AS lines FROM sale_line WHERE organizer_id = $1 AND event_id = $2 AND occurred_at >= $3
