-- A party of the same name that is another object.
SELECT role FROM party WHERE organizer_id = $1 AND name = $2 AND id <> $3
