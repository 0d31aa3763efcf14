-- Every settlement took in exactly the lines that its intake counts.
SELECT t.id
FROM settlement t
LEFT JOIN LATERAL (SELECT count(*) AS n FROM settlement_line l WHERE l.organizer_id = t.organizer_id AND l.event_id = t.event_id AND l.settlement_id = t.id) m ON true
LEFT JOIN LATERAL (SELECT coalesce(sum(i.lines), 0) AS n FROM settlement_intake i WHERE i.organizer_id = t.organizer_id AND i.event_id = t.event_id AND i.settlement_id = t.id) i ON true
WHERE t.lines <> m.n OR t.lines <> i.n
