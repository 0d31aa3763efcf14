-- $1 organizer, $2 event, $3 party: what its payouts took from or cleared on its payables beside what each one paid: debts for
-- other events set against the payout of one, and payouts that were found on the chain after the book gave them up. One row a
-- payout, entry and event; a credit is positive.
WITH entry AS (
    SELECT j.id, j.kind, j.posted_at, p.id AS payout_id, p.event_id, p.owed_minor
    FROM payout p
    JOIN journal j ON j.organizer_id = p.organizer_id AND j.kind IN ('payout_reserve', 'payout_found') AND j.cause_id = p.id
    WHERE p.organizer_id = $1 AND p.party_id = $3 AND p.source = 'payable'
      AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.organizer_id = j.organizer_id AND r.reverses_id = j.id)
)
SELECT e.payout_id, e.posted_at, to_char(e.posted_at AT TIME ZONE ev.zone, 'DD Mon YYYY HH24:MI') AS at,
       pe.name AS paid_event, ae.name AS booked_event, e.event_id = $2 AS of_this_payout, a.event_id = $2 AS on_this_event,
       CASE WHEN a.event_id = e.event_id THEN -e.owed_minor ELSE -sum(o.amount) END AS amount, o.asset_id, s.scale
FROM entry e
JOIN posting o ON o.organizer_id = $1 AND o.journal_id = e.id
JOIN account a ON a.organizer_id = $1 AND a.id = o.account_id AND a.kind IN ('party_payable', 'commission_payable') AND a.party_id = $3
JOIN asset s ON s.organizer_id = $1 AND s.id = o.asset_id
JOIN event ev ON ev.organizer_id = $1 AND ev.id = $2
JOIN event pe ON pe.organizer_id = $1 AND pe.id = e.event_id
JOIN event ae ON ae.organizer_id = $1 AND ae.id = a.event_id
WHERE (e.event_id = $2 OR a.event_id = $2) AND (a.event_id <> e.event_id OR e.kind = 'payout_found')
GROUP BY e.payout_id, e.owed_minor, e.posted_at, ev.zone, pe.name, ae.name, e.event_id, a.event_id, o.asset_id, s.scale
HAVING sum(o.amount) <> 0
ORDER BY e.posted_at, e.payout_id, ae.name
