-- The proceeds account of an event holds exactly what its lines bring that no settlement has taken in.
SELECT event_id, asset_id, sum(lines) AS lines, sum(books) AS books
FROM (
    SELECT l.event_id, l.asset_id, sum(l.gross - l.tax) AS lines, 0 AS books
    FROM sale_line l
    WHERE NOT EXISTS (SELECT 1 FROM settlement_line s WHERE s.organizer_id = l.organizer_id AND s.event_id = l.event_id AND s.line_id = l.id)
    GROUP BY l.event_id, l.asset_id
    UNION ALL
    SELECT a.event_id, a.asset_id, 0, -sum(o.amount)
    FROM account a JOIN posting o ON o.organizer_id = a.organizer_id AND o.account_id = a.id
    WHERE a.kind = 'event_proceeds' GROUP BY a.event_id, a.asset_id
) both_sides
GROUP BY event_id, asset_id HAVING sum(lines) <> sum(books)
