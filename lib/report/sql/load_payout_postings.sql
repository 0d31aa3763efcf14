-- $1 organizer, $2 payout: what was booked for it, its reversals, and the fees of its attempts, which they share with others.
WITH entry AS (
    SELECT id, kind, false AS is_shared FROM journal
    WHERE organizer_id = $1 AND cause_id = $2 AND kind IN ('payout_reserve', 'payout_done', 'payout_found')
    UNION ALL
    SELECT id, kind, true FROM journal
    WHERE organizer_id = $1 AND kind = 'network_fee'
      AND cause_id IN (SELECT attempt_id FROM payout_attempt_line WHERE organizer_id = $1 AND payout_id = $2)
), all_entries AS (
    SELECT id, kind, is_shared FROM entry
    UNION ALL
    SELECT r.id, r.kind, e.is_shared FROM journal r JOIN entry e ON r.reverses_id = e.id WHERE r.organizer_id = $1
)
SELECT j.id, x.kind, x.is_shared, j.posted_at, j.note, a.kind AS account, coalesce(p.name, t.name, '') AS whose, e.name AS event, o.amount, o.asset_id, s.scale
FROM all_entries x
JOIN journal j ON j.organizer_id = $1 AND j.id = x.id
JOIN posting o ON o.organizer_id = $1 AND o.journal_id = j.id
JOIN account a ON a.organizer_id = $1 AND a.id = o.account_id
JOIN asset s ON s.organizer_id = $1 AND s.id = o.asset_id
LEFT JOIN event e ON e.organizer_id = $1 AND e.id = a.event_id
LEFT JOIN party p ON p.organizer_id = $1 AND p.id = a.party_id
LEFT JOIN treasury t ON t.organizer_id = $1 AND t.id = a.treasury_id
ORDER BY j.posted_at, j.id, o.pos
