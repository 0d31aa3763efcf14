-- What is owed to party $2, or held by treasury $3, per event and asset, where it is not zero; a debt to a party is positive. One
-- event's debt does not pay another's.
SELECT a.asset_id, s.scale, CASE WHEN a.kind = 'treasury' THEN sum(p.amount) ELSE -sum(p.amount) END AS balance
FROM account a
JOIN asset s ON s.organizer_id = a.organizer_id AND s.id = a.asset_id
JOIN posting p ON p.organizer_id = a.organizer_id AND p.account_id = a.id
WHERE a.organizer_id = $1
  AND ((a.kind IN ('party_payable', 'commission_payable', 'contract_payable') AND a.party_id = $2) OR (a.kind = 'treasury' AND a.treasury_id = $3))
GROUP BY a.kind, a.event_id, a.asset_id, s.scale
HAVING sum(p.amount) <> 0
ORDER BY a.asset_id, a.kind, a.event_id
