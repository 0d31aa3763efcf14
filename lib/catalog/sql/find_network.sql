-- $1 organizer, $2 name: a declared network.
SELECT name, passphrase, endpoints, friendbot FROM network WHERE organizer_id = $1 AND name = $2
