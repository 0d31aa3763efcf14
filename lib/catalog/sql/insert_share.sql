-- One share of a plan version.
INSERT INTO split_share (organizer_id, event_id, plan_version_id, pos, party_id, ppm) VALUES ($1, $2, $3, $4, $5, $6)
