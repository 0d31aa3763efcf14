-- $1 organizer: the names of the networks that are declared or that a treasury is on.
SELECT name FROM network WHERE organizer_id = $1
UNION SELECT network_name FROM treasury WHERE organizer_id = $1 AND network_name IS NOT NULL
ORDER BY 1
