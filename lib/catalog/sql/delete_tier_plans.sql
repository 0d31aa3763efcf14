-- Which tiers a plan serves is written anew.
DELETE FROM tier_plan WHERE organizer_id = $1 AND event_id = $2 AND plan_id = $3
