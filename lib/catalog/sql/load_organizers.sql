-- All organizers by name, for choosing one.
SELECT id, name FROM organizer ORDER BY name LIMIT 1000
