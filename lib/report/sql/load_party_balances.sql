-- $1 organizer, $2 event: per party and asset what settlements posted, what of it is paid (by a contract, or found on the chain by a person, counts) or on its way, and what the books owe now.
SELECT p.id, p.name, p.title, x.asset_id, s.scale, sum(x.share) AS share, sum(x.commission) AS commission, sum(x.paid) AS paid,
       sum(x.under_way) AS under_way, sum(x.owed) AS owed
FROM (
    SELECT party_id, asset_id, delta AS commission, 0 AS share, 0 AS paid, 0 AS under_way, 0 AS owed
    FROM settlement_due WHERE organizer_id = $1 AND event_id = $2 AND kind = 'commission'
    UNION ALL
    SELECT party_id, asset_id, 0, delta, 0, 0, 0
    FROM settlement_due WHERE organizer_id = $1 AND event_id = $2 AND kind = 'share'
    UNION ALL
    SELECT party_id, owed_asset_id, 0, 0,
           CASE WHEN state IN ('confirmed', 'settled') OR EXISTS (SELECT 1 FROM payout_found_paid f WHERE f.organizer_id = payout.organizer_id
                     AND f.payout_id = payout.id AND f.stands) THEN owed_minor ELSE 0 END,
           CASE WHEN state IN ('reserved', 'sending', 'accepted', 'unknown') THEN owed_minor ELSE 0 END, 0
    FROM payout WHERE organizer_id = $1 AND event_id = $2 AND source = 'payable'
    UNION ALL
    SELECT a.party_id, a.asset_id, 0, 0, 0, 0, -sum(o.amount)
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.organizer_id = $1 AND a.event_id = $2 AND a.kind IN ('party_payable', 'commission_payable', 'contract_payable')
    GROUP BY a.party_id, a.asset_id
    UNION ALL
    SELECT m.party_id, m.asset_id, 0, 0, sum(m.amount_minor), 0, 0
    FROM escrow_movement m
    JOIN escrow e ON e.organizer_id = m.organizer_id AND e.plan_id = m.plan_id
    WHERE m.organizer_id = $1 AND e.event_id = $2 AND m.kind = 'paid' AND m.party_id IS NOT NULL
    GROUP BY m.party_id, m.asset_id) x
JOIN party p ON p.organizer_id = $1 AND p.id = x.party_id
JOIN asset s ON s.organizer_id = $1 AND s.id = x.asset_id
GROUP BY p.id, p.name, p.title, x.asset_id, s.scale
ORDER BY x.asset_id, sum(x.share + x.commission) DESC, p.name
