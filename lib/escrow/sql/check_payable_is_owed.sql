-- What is owed through contracts is what settlements posted there, less what contracts paid and what was released to payouts.
SELECT organizer_id, event_id, party_id, asset_id, sum(booked) AS booked, sum(owed) AS owed
FROM (
    SELECT a.organizer_id, a.event_id, a.party_id, a.asset_id, -o.amount AS booked, 0 AS owed
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'contract_payable'
    UNION ALL
    SELECT organizer_id, event_id, party_id, asset_id, 0, delta FROM settlement_due WHERE through_contract
    UNION ALL
    SELECT m.organizer_id, x.event_id, m.party_id, m.asset_id, 0, -m.amount_minor
    FROM escrow_movement m
    JOIN escrow x ON x.organizer_id = m.organizer_id AND x.plan_id = m.plan_id
    WHERE m.kind = 'paid' AND m.party_id IS NOT NULL
    UNION ALL
    SELECT a.organizer_id, a.event_id, a.party_id, a.asset_id, 0, -o.amount
    FROM journal j
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    WHERE j.kind = 'contract_release' AND a.kind = 'contract_payable'
) both_sides
GROUP BY organizer_id, event_id, party_id, asset_id HAVING sum(booked) <> sum(owed)
