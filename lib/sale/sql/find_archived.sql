-- Whether the event is archived.
SELECT 1 AS archived FROM object WHERE organizer_id = $1 AND id = $2 AND archived_at IS NOT NULL
