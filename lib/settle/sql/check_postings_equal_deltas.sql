-- What each settlement posted equals its differences, per account kind, event, party and asset.
SELECT settlement_id, kind, event_id, party_id, asset_id, sum(delta) AS deltas, sum(posted) AS postings
FROM (
    SELECT settlement_id, CASE WHEN through_contract THEN 'contract_payable' WHEN kind = 'share' THEN 'party_payable' ELSE 'commission_payable' END AS kind, event_id, party_id, asset_id,
           delta, 0 AS posted
    FROM settlement_due
    UNION ALL
    SELECT j.cause_id, a.kind, a.event_id, a.party_id, o.asset_id, 0, -o.amount
    FROM journal j
    JOIN posting o ON o.organizer_id = j.organizer_id AND o.journal_id = j.id
    JOIN account a ON a.organizer_id = o.organizer_id AND a.id = o.account_id
    WHERE j.kind = 'settlement' AND a.kind IN ('party_payable', 'commission_payable', 'contract_payable')
) both_sides
GROUP BY settlement_id, kind, event_id, party_id, asset_id HAVING sum(delta) <> sum(posted)
