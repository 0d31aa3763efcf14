-- Open breaks by type and treasury, the oldest first.
SELECT b.type, t.name AS treasury, count(*) AS breaks, min(b.opened_at) AS since
FROM recon_break b
JOIN treasury t ON t.organizer_id = b.organizer_id AND t.id = b.treasury_id
WHERE b.organizer_id = $1 AND b.closed_at IS NULL
GROUP BY b.type, t.name
ORDER BY min(b.opened_at), b.type, t.name
