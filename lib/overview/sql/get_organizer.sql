-- As people call it.
SELECT title FROM organizer WHERE id = $1
