-- A channel; what waits for it in the outbox is given up when its turn comes.
DELETE FROM notice_channel WHERE organizer_id = $1 AND id = $2
