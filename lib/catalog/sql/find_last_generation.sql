-- How far an object that was deleted had come: the new one of its name goes on from there.
SELECT coalesce(max(generation), 0) AS generation FROM object_version WHERE organizer_id = $1 AND kind = $2 AND name = $3
