-- The tiers of an event that never sold.
DELETE FROM tier WHERE organizer_id = $1 AND event_id = $2
