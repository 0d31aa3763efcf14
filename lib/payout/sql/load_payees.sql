-- $1 organizer: every party, and where it wants its money.
SELECT id, name, rail, destination, memo FROM party WHERE organizer_id = $1 ORDER BY name
