-- $2 an event whose entries count, or null for all: every account that was posted to, and since which day.
SELECT account, event_name, party_name, treasury_name, asset_id, scale, min(day) AS since
FROM posting_line
WHERE organizer_id = $1 AND ($2::uuid IS NULL OR event_id = $2)
GROUP BY account, event_name, party_name, treasury_name, asset_id, scale
ORDER BY account, event_name, party_name, treasury_name, asset_id
