-- $2 a campaign: its event, how many lines were sold under it, and how many of them no settlement has seen.
SELECT e.name AS event, e.ends_at, count(l.id) AS sold, count(l.id) FILTER (WHERE s.line_id IS NULL) AS unsettled
FROM campaign r
JOIN event e ON e.organizer_id = r.organizer_id AND e.id = r.event_id
LEFT JOIN campaign_version v ON v.organizer_id = r.organizer_id AND v.event_id = r.event_id AND v.campaign_id = r.id
LEFT JOIN sale_line l ON l.organizer_id = v.organizer_id AND l.event_id = v.event_id AND l.campaign_version_id = v.id
LEFT JOIN settlement_line s ON s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.line_id = l.id
WHERE e.organizer_id = $1 AND r.id = $2
GROUP BY e.name, e.ends_at
