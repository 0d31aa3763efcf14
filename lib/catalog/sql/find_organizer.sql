-- An organizer by name.
SELECT id FROM organizer WHERE name = $1
