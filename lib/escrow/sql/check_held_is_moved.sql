-- What contracts hold of an event's money is what they told to have come in, less what went out.
SELECT organizer_id, event_id, asset_id, sum(booked) AS booked, sum(told) AS told
FROM (
    SELECT a.organizer_id, a.event_id, a.asset_id, o.amount AS booked, 0 AS told
    FROM account a
    JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'contract_held'
    UNION ALL
    SELECT m.organizer_id, x.event_id, m.asset_id, 0, CASE WHEN m.kind = 'deposit' THEN m.amount_minor ELSE -m.amount_minor END
    FROM escrow_movement m
    JOIN escrow x ON x.organizer_id = m.organizer_id AND x.plan_id = m.plan_id
    WHERE m.kind <> 'commission'
) both_sides
GROUP BY organizer_id, event_id, asset_id HAVING sum(booked) <> sum(told)
