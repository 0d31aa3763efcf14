-- $1 organizer, $2 event, or null for all: what every party is owed per event and asset (credit balances are negative postings),
-- with where it wants it. A negative sum is what the party owes us. Uses posting_account.
SELECT p.id AS party_id, p.name AS party_name, a.event_id, a.asset_id, s.scale,
       -sum(o.amount) AS owed, p.rail, p.destination, p.memo,
       p.payout_asset_id, ps.scale AS payout_scale
FROM account a
JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
JOIN party p ON p.organizer_id = a.organizer_id AND p.id = a.party_id
JOIN asset s ON s.organizer_id = a.organizer_id AND s.id = a.asset_id
LEFT JOIN asset ps ON ps.organizer_id = p.organizer_id AND ps.id = p.payout_asset_id
WHERE a.organizer_id = $1 AND a.kind IN ('party_payable', 'commission_payable')
  AND ($2::uuid IS NULL OR a.event_id = $2)
GROUP BY p.id, p.name, a.event_id, a.asset_id, s.scale, p.rail, p.destination, p.memo, p.payout_asset_id, ps.scale
HAVING sum(o.amount) <> 0
ORDER BY p.name, a.event_id, a.asset_id
