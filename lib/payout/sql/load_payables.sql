-- $1 organizer, $2 event or null for all, $3 a settlement or null: what every party is owed per event and asset (credit balances
-- are negative postings), with where it wants it. A negative sum is what the party owes us. What a settlement after $3 added is
-- left for its own batch (all that is owed, where the earlier ones were paid), what it took away counts. With $2, what its payees
-- owe us for other events is told too. `planned` is what open batches already mean to pay of it, `netting` what they mean to net
-- from all that the party owes us, `elsewhere` what it may still get for other events than $2: that much of a debt waits for them, for
-- a debt is taken once. `contested`: the chain contradicts the book about an earlier payout of it. Uses posting_account.
WITH owed AS (
    SELECT a.party_id, a.event_id, a.asset_id, -sum(o.amount) AS balance
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.organizer_id = $1 AND a.kind IN ('party_payable', 'commission_payable')
    GROUP BY a.party_id, a.event_id, a.asset_id
    HAVING sum(o.amount) <> 0
), later AS (
    SELECT d.party_id, d.event_id, d.asset_id, sum(d.delta) AS added
    FROM settlement_due d
    JOIN settlement s ON s.organizer_id = d.organizer_id AND s.event_id = d.event_id AND s.id = d.settlement_id
    JOIN settlement cut ON cut.organizer_id = s.organizer_id AND cut.event_id = s.event_id AND cut.id = $3::uuid
    WHERE d.organizer_id = $1 AND (s.settled_at, s.id) > (cut.settled_at, cut.id)
    GROUP BY d.party_id, d.event_id, d.asset_id
), planned AS (
    SELECT party_id, event_id, owed_asset_id AS asset_id, sum(owed_minor + netted_minor) AS planned
    FROM payout
    WHERE organizer_id = $1 AND source = 'payable' AND state IN ('planned', 'ready')
    GROUP BY party_id, event_id, owed_asset_id
), netting AS (
    SELECT party_id, owed_asset_id AS asset_id, sum(netted_minor) AS netting
    FROM payout
    WHERE organizer_id = $1 AND source = 'payable' AND state IN ('planned', 'ready')
    GROUP BY party_id, owed_asset_id
), contested AS (
    SELECT DISTINCT x.party_id, x.event_id
    FROM payout_waits c
    JOIN payout x ON x.organizer_id = c.organizer_id AND x.id = c.payout_id
    WHERE c.organizer_id = $1
), elsewhere AS (
    SELECT w.party_id, w.asset_id, sum(greatest(w.balance - coalesce(n.planned, 0), 0)) AS elsewhere
    FROM owed w
    LEFT JOIN planned n ON n.party_id = w.party_id AND n.event_id = w.event_id AND n.asset_id = w.asset_id
    WHERE w.event_id <> $2 AND w.balance > 0
      AND NOT EXISTS (SELECT 1 FROM contested c WHERE c.party_id = w.party_id AND c.event_id = w.event_id)
    GROUP BY w.party_id, w.asset_id
)
SELECT p.id AS party_id, p.name AS party_name, w.event_id, w.asset_id, s.scale,
       CASE WHEN w.balance > 0 THEN greatest(w.balance - greatest(coalesce(l.added, 0), 0), 0) ELSE w.balance END AS owed,
       coalesce(n.planned, 0) AS planned, coalesce(g.netting, 0) AS netting, coalesce(e.elsewhere, 0) AS elsewhere,
       p.rail, p.destination, p.memo, p.payout_asset_id, ps.scale AS payout_scale,
       c.party_id IS NOT NULL AS contested
FROM owed w
JOIN party p ON p.organizer_id = $1 AND p.id = w.party_id
JOIN asset s ON s.organizer_id = $1 AND s.id = w.asset_id
LEFT JOIN later l ON l.party_id = w.party_id AND l.event_id = w.event_id AND l.asset_id = w.asset_id
LEFT JOIN planned n ON n.party_id = w.party_id AND n.event_id = w.event_id AND n.asset_id = w.asset_id
LEFT JOIN netting g ON g.party_id = w.party_id AND g.asset_id = w.asset_id
LEFT JOIN elsewhere e ON e.party_id = w.party_id AND e.asset_id = w.asset_id
LEFT JOIN contested c ON c.party_id = w.party_id AND c.event_id = w.event_id
LEFT JOIN asset ps ON ps.organizer_id = $1 AND ps.id = p.payout_asset_id
WHERE $2::uuid IS NULL OR w.event_id = $2
   OR (w.balance < 0 AND EXISTS (SELECT 1 FROM owed x
                                 WHERE x.party_id = w.party_id AND x.event_id = $2 AND x.asset_id = w.asset_id AND x.balance > 0))
ORDER BY p.name, w.event_id, w.asset_id
