-- A campaign.
INSERT INTO campaign (organizer_id, event_id, id, name) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING
