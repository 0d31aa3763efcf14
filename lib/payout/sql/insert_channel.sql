-- Stored before the network is asked for it.
INSERT INTO payout_channel (organizer_id, id, treasury_id, number, address, state, made_by, made_at, changed_at)
VALUES ($1, $2, $3, $4, $5, 'made', $6, $7, $7)
