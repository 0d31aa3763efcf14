-- $1 organizer, $2 break: whoever closes it by hand takes turns with the runs of its treasury. Taken before lock_break.
SELECT t.id
FROM recon_break k
JOIN treasury t ON t.organizer_id = k.organizer_id AND t.id = k.treasury_id
WHERE k.organizer_id = $1 AND k.id = $2
FOR NO KEY UPDATE OF t
