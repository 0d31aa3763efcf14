-- $1 organizer, $2 event, $3 asset: what settlements posted to date for each party and kind.
SELECT d.kind, p.name, p.title, sum(d.delta) AS posted
FROM settlement_due d
JOIN party p ON p.organizer_id = d.organizer_id AND p.id = d.party_id
WHERE d.organizer_id = $1 AND d.event_id = $2 AND d.asset_id = $3
GROUP BY d.kind, p.id, p.name, p.title
ORDER BY d.kind, sum(d.delta) DESC, p.name
