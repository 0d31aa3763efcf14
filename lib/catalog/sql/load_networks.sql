-- $1 organizer: every declared network, by name.
SELECT name, passphrase, endpoints, friendbot FROM network WHERE organizer_id = $1 ORDER BY name
