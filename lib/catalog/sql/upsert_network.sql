-- A network.
INSERT INTO network (organizer_id, name, passphrase, endpoints, friendbot) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (organizer_id, name) DO UPDATE SET passphrase = excluded.passphrase, endpoints = excluded.endpoints, friendbot = excluded.friendbot
