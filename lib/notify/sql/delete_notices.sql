-- Only delivered ones, a month old: a trigger of the table stands guard (migration 0024).
DELETE FROM notice_outbox WHERE organizer_id = $1 AND id = ANY ($2::uuid[])
