-- Per treasury and asset: its payout clearing account holds exactly what is reserved there and not proved paid.
SELECT organizer_id, treasury_id, asset_id, sum(clearing) AS clearing, sum(open_payouts) AS open_payouts
FROM (
    SELECT a.organizer_id, a.treasury_id, a.asset_id, -sum(o.amount) AS clearing, 0 AS open_payouts
    FROM account a JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'payout_clearing' GROUP BY a.organizer_id, a.treasury_id, a.asset_id
    UNION ALL
    SELECT p.organizer_id, b.treasury_id, p.asset_id, 0, sum(p.amount_minor)
    FROM payout p JOIN payout_batch b ON b.organizer_id = p.organizer_id AND b.id = p.batch_id
    WHERE p.state IN ('reserved', 'sending', 'accepted', 'unknown') GROUP BY p.organizer_id, b.treasury_id, p.asset_id
) both_sides
GROUP BY organizer_id, treasury_id, asset_id
HAVING sum(clearing) <> sum(open_payouts)
