-- How many entries the organizer's journal holds.
SELECT count(*) AS entries FROM journal WHERE organizer_id = $1
