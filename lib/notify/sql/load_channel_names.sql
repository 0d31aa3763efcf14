-- The names of the channels.
SELECT name FROM notice_channel WHERE organizer_id = $1 ORDER BY name
