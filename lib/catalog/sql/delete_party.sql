-- A party or creator that nothing ever named.
DELETE FROM party WHERE organizer_id = $1 AND id = $2
