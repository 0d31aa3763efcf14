-- $1 organizer, $2 a run or null for all, $3 how many: newest first.
SELECT r.id, t.name AS treasury, r.from_position, r.to_position, r.to_ledger, r.lines_read, r.matched, r.settled, r.breaks_open, r.complete,
       r.gap, r.ran_by, r.ran_at
FROM recon_run r
JOIN treasury t ON t.organizer_id = r.organizer_id AND t.id = r.treasury_id
WHERE r.organizer_id = $1 AND ($2::uuid IS NULL OR r.id = $2)
ORDER BY r.ran_at DESC, r.id DESC
LIMIT $3
