-- Per organizer and asset: the payout clearing accounts hold exactly what is reserved and not proved paid.
SELECT organizer_id, asset_id, sum(clearing) AS clearing, sum(open_payouts) AS open_payouts
FROM (
    SELECT a.organizer_id, a.asset_id, -sum(o.amount) AS clearing, 0 AS open_payouts
    FROM account a JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'payout_clearing' GROUP BY a.organizer_id, a.asset_id
    UNION ALL
    SELECT organizer_id, asset_id, 0, sum(amount_minor)
    FROM payout WHERE state IN ('reserved', 'sending', 'accepted', 'unknown') GROUP BY organizer_id, asset_id
) both_sides
GROUP BY organizer_id, asset_id
HAVING sum(clearing) <> sum(open_payouts)
