-- Bound once; the trigger refuses another address.
INSERT INTO escrow (organizer_id, event_id, plan_id, network, address, treasury_id, asset_id, booked_through, opened_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, '', $8)
ON CONFLICT (organizer_id, plan_id) DO UPDATE SET network = excluded.network, address = excluded.address
