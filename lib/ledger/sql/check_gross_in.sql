-- Gross in = tax + fees + commissions + shares + unsettled, per event and asset: the books hold exactly what the sale lines say.
SELECT event_id, asset_id, sum(gross) AS lines, sum(booked) AS books
FROM (
    SELECT event_id, asset_id, sum(gross) AS gross, 0 AS booked FROM sale_line GROUP BY event_id, asset_id
    UNION ALL
    SELECT j.event_id, o.asset_id, 0, -sum(o.amount)
    FROM journal j
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    WHERE j.kind IN ('sales', 'settlement') AND a.kind IN ('tax_held', 'event_proceeds', 'party_payable', 'commission_payable', 'contract_payable')
    GROUP BY j.event_id, o.asset_id
    UNION ALL
    -- fees settled so far: their credits
    SELECT j.event_id, o.asset_id, 0, -sum(o.amount)
    FROM journal j
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    WHERE j.kind = 'settlement' AND a.kind IN ('platform_fee', 'payment_fee')
    GROUP BY j.event_id, o.asset_id
) both_sides
GROUP BY event_id, asset_id HAVING sum(gross) <> sum(booked)
