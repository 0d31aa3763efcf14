-- Every settlement took in exactly the lines that its intake counts.
SELECT t.id
FROM settlement t
LEFT JOIN (SELECT organizer_id, event_id, settlement_id, count(*) AS n FROM settlement_line GROUP BY organizer_id, event_id, settlement_id) m
    ON m.organizer_id = t.organizer_id AND m.event_id = t.event_id AND m.settlement_id = t.id
LEFT JOIN (SELECT organizer_id, event_id, settlement_id, sum(lines) AS n FROM settlement_intake GROUP BY organizer_id, event_id, settlement_id) i
    ON i.organizer_id = t.organizer_id AND i.event_id = t.event_id AND i.settlement_id = t.id
WHERE t.lines <> coalesce(m.n, 0) OR t.lines <> coalesce(i.n, 0)
