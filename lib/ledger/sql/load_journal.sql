-- $2 an event, or null; $3 how many of the newest entries: their postings, oldest entry first.
SELECT j.id, j.kind, j.posted_at, j.effective_at, j.note, o.asset_id, s.scale, o.amount,
       concat_ws(' ', a.kind, e.name, p.name, t.name) AS account
FROM (SELECT * FROM journal WHERE organizer_id = $1 AND ($2::uuid IS NULL OR event_id = $2) ORDER BY id DESC LIMIT $3) j
JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
JOIN asset s ON s.organizer_id = o.organizer_id AND s.id = o.asset_id
LEFT JOIN event e ON e.organizer_id = a.organizer_id AND e.id = a.event_id
LEFT JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
LEFT JOIN treasury t ON t.organizer_id = a.organizer_id AND t.id = a.treasury_id
ORDER BY j.id, o.pos
